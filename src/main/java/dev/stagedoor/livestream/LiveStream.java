package dev.stagedoor.livestream;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.LanguageTag;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One live stream, from when it is scheduled to after its end. */
@Entity
@Table(name = "live_stream")
class LiveStream extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    UUID ownerId;

    @Column(nullable = false)
    String title;

    @Column(nullable = false)
    String description;

    String category;

    String language;

    @Column(nullable = false)
    String[] tags;

    String thumbnailUrl;

    @Column(nullable = false)
    boolean chatEnabled;

    @Column(nullable = false)
    int chatSlowModeSeconds;

    @Column(nullable = false)
    boolean chatMembersOnly;

    @Column(nullable = false, updatable = false)
    Instant createdAt;

    Instant startedAt;

    Instant endedAt;

    /** Counts the changes; each is made under the lock of the row. */
    @Version
    int version;

    protected LiveStream() {}

    static LiveStream scheduled(UUID id, UUID ownerId, CreateLiveStreamRequest request, Instant now) {
        LiveStream stream = new LiveStream();
        stream.id = id;
        stream.ownerId = ownerId;
        stream.title = request.title();
        stream.description = request.description();
        stream.category = request.category();
        stream.language = LanguageTag.Validator.canonical(request.language());
        stream.tag(request.tags());
        stream.thumbnailUrl = request.thumbnailUrl();
        stream.chat(request.chatSettings().over(ChatSettingsRequest.DEFAULTS));
        stream.createdAt = now;
        return stream;
    }

    /** Takes over what is present. */
    void update(UpdateLiveStreamRequest request) {
        title = request.title() == null ? title : request.title();
        description = request.description() == null ? description : request.description();
        category = replaced(category, request.category());
        language = LanguageTag.Validator.canonical(replaced(language, request.language()));
        thumbnailUrl = replaced(thumbnailUrl, request.thumbnailUrl());
        if (request.tags() != null) {
            tag(request.tags());
        }
        if (request.chatSettings() != null) {
            chat(request.chatSettings().over(chatSettings()));
        }
    }

    private static String replaced(String value, Optional<String> replacement) {
        return replacement == null ? value : replacement.orElse(null);
    }

    private void tag(List<String> names) {
        tags = names.stream().distinct().toArray(String[]::new);
    }

    private void chat(ChatSettingsView settings) {
        chatEnabled = settings.enabled();
        chatSlowModeSeconds = settings.slowModeSeconds();
        chatMembersOnly = settings.membersOnly();
    }

    private ChatSettingsView chatSettings() {
        return new ChatSettingsView(chatEnabled, chatSlowModeSeconds, chatMembersOnly);
    }

    /** Starting again what is live changes nothing. */
    void start(Instant now) {
        if (endedAt != null) {
            throw ApiException.conflict("stream-ended", "A stream that has ended does not start again");
        }
        if (startedAt == null) {
            startedAt = now;
        }
    }

    /** Ending again what has ended changes nothing. */
    void end(Instant now) {
        if (startedAt == null) {
            throw ApiException.conflict("stream-not-started", "A stream that has not started cannot end");
        }
        if (endedAt == null) {
            // Another node, whose clock is ahead, may have started it.
            endedAt = now.isAfter(startedAt) ? now : startedAt;
        }
    }

    /** Locks the row: all changes of a stream and of who takes part in it queue here. Emits null where there is none. */
    static Uni<LiveStream> findForUpdate(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    LiveStreamView toView(PersonView owner) {
        return new LiveStreamView(
                id,
                title,
                description,
                category,
                language,
                List.of(tags),
                thumbnailUrl,
                startedAt != null && endedAt == null,
                startedAt,
                endedAt,
                chatSettings(),
                owner,
                version);
    }
}
