package dev.stagedoor.livestream;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What changes of streams need besides the stream. Call it inside a transaction of Panache. */
@ApplicationScoped
public class LiveStreamStore {

    private static final String ADD_OWNER = """
            insert into stream_participant (id, stream_id, user_id, role, state, owner)
            values (?1, ?2, ?3, 'host', 'backstage', true)
            """;

    private static final String IS_HOST = """
            select exists (
                select from stream_participant
                where stream_id = ?1 and user_id = ?2 and role = 'host' and state not in ('invited', 'left'))
            """;

    private static final String LOCK = "select id from live_stream where id = ?1 for no key update";

    private static final String FIND_PERSON = "select username, display_name from app_user where id = ?1";

    Uni<Void> addOwner(UUID participantId, UUID streamId, UUID ownerId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ADD_OWNER)
                        .setParameter(1, participantId)
                        .setParameter(2, streamId)
                        .setParameter(3, ownerId)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Whether this user is a host who has accepted and not left. */
    Uni<Boolean> isHost(UUID streamId, UUID userId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(IS_HOST, Boolean.class)
                        .setParameter(1, streamId)
                        .setParameter(2, userId)
                        .getSingleResult());
    }

    /** Locks the stream until the transaction ends; emits null where there is none. */
    public Uni<UUID> lock(UUID streamId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK, UUID.class)
                        .setParameter(1, streamId)
                        .getSingleResultOrNull());
    }

    /** Emits null where there is no such user. */
    public Uni<PersonView> findPerson(UUID userId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIND_PERSON, Object[].class)
                        .setParameter(1, userId)
                        .getSingleResultOrNull())
                .map(row -> row == null ? null : PersonView.withoutImage(userId, (String) row[0], (String) row[1]));
    }
}
