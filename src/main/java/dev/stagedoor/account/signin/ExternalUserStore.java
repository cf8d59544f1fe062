package dev.stagedoor.account.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stagedoor.platform.context.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Users of another issuer: made here when they first call. */
@ApplicationScoped
class ExternalUserStore {

    private static final int MAX_KNOWN = 10_000;
    private static final int MAX_NAME_LENGTH = 80;

    private static final String FIND_OR_CREATE = """
            WITH known AS (
                SELECT id FROM app_user WHERE issuer = $2 AND external_id = $3
            ), created AS (
                INSERT INTO app_user (id, username, display_name, role, issuer, external_id, created_at)
                SELECT $1::uuid,
                       CASE WHEN EXISTS (SELECT FROM app_user WHERE lower(username) = lower($4))
                            THEN $4 || '-' || right($1::text, 12) ELSE $4 END,
                       $4, 'user', $2, $3, $5
                WHERE NOT EXISTS (SELECT FROM known)
                ON CONFLICT DO NOTHING
                RETURNING id
            )
            SELECT id FROM known UNION ALL SELECT id FROM created
            """;

    private final Pool pool;
    private final Ids ids;
    private final Clock clock;
    private final Cache<String, UUID> known = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    ExternalUserStore(Pool pool, Ids ids, Clock clock) {
        this.pool = pool;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<UUID> idOf(JsonWebToken token) {
        String subject = token.getIssuer() + " " + token.getSubject();
        UUID id = known.getIfPresent(subject);
        return id != null ? Uni.createFrom().item(id) : findOrCreate(token).invoke(found -> known.put(subject, found));
    }

    private Uni<UUID> findOrCreate(JsonWebToken token) {
        Tuple parameters = Tuple.of(
                ids.next(),
                token.getIssuer(),
                token.getSubject(),
                name(token),
                clock.instant().atOffset(ZoneOffset.UTC));
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(FIND_OR_CREATE).execute(parameters))
                .map(rows -> rows.iterator().next().getUUID("id"))
                // A first call on two nodes at once: whoever came second finds the row of the first.
                .onFailure(NoSuchElementException.class)
                .retry()
                .atMost(1);
    }

    private static String name(JsonWebToken token) {
        String preferred = token.getClaim("preferred_username");
        String name = preferred == null || preferred.isBlank() ? token.getSubject() : preferred.strip();
        return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    }
}
