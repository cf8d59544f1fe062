package dev.stagedoor.chat;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A place to talk, as it is created; what happens in it later is written by statements of their own. */
@Entity
@Table(name = "channel")
class Channel extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(updatable = false)
    String name;

    @Column(nullable = false, updatable = false)
    String description;

    @Column(nullable = false, updatable = false)
    String visibility;

    @Column(updatable = false)
    String directKey;

    @Column(nullable = false, updatable = false)
    Instant createdAt;

    @Column(nullable = false, updatable = false)
    Instant activityAt;

    protected Channel() {}

    static Channel created(UUID id, CreateChannelRequest request, Instant now) {
        Channel channel = new Channel();
        channel.id = id;
        channel.name = request.name();
        channel.description = request.description();
        channel.visibility = request.visibility().wireName();
        channel.createdAt = now;
        channel.activityAt = now;
        return channel;
    }

    /** Makes it the one channel of these two people. */
    void isBetween(UUID one, UUID other) {
        directKey = directKey(one, other);
    }

    private static String directKey(UUID one, UUID other) {
        return Stream.of(one, other).map(UUID::toString).sorted().collect(Collectors.joining(":"));
    }

    /** Emits null where these two have no channel yet. */
    static Uni<UUID> findDirect(UUID one, UUID other) {
        return find("select id from Channel where directKey = ?1", directKey(one, other))
                .project(UUID.class)
                .firstResult();
    }

    /** As a member sees it who is in it from the beginning. */
    ChannelView toView(int memberCount, String role) {
        return new ChannelView(
                id,
                name,
                description,
                Visibility.of(visibility),
                null,
                memberCount,
                null,
                createdAt,
                1,
                0,
                0,
                role,
                0L,
                0L,
                0L,
                false,
                false);
    }
}
