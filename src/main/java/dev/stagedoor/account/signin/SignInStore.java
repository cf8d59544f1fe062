package dev.stagedoor.account.signin;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Credentials and refresh tokens, the latter known only by their hashes. */
@ApplicationScoped
class SignInStore {

    private static final String FIND_CREDENTIAL =
            "SELECT id, username, role, password_hash FROM app_user WHERE lower(username) = lower($1)";

    private static final String CREATE_ADMIN = """
            INSERT INTO app_user (id, username, display_name, password_hash, role, created_at)
            VALUES ($1, $2, $2, $3, 'admin', $4)
            ON CONFLICT (lower(username)) DO NOTHING
            """;

    private static final String BEGIN = """
            WITH begun AS (
                INSERT INTO sign_in (id, user_id, created_at) VALUES ($1, $2, $3) RETURNING id
            )
            INSERT INTO refresh_token (token_hash, sign_in_id, expires_at) SELECT $4, id, $5 FROM begun
            """;

    /**
     * Takes a token out of use and puts its successor in its place. One that was used before ends the whole sign-in:
     * either its holder or who has the successor is a thief.
     */
    private static final String ROTATE = """
            WITH presented AS (
                SELECT token.token_hash, token.sign_in_id, token.used_at, token.expires_at,
                       sign_in.user_id, sign_in.revoked_at
                FROM refresh_token token
                JOIN sign_in ON sign_in.id = token.sign_in_id
                JOIN app_user ON app_user.id = sign_in.user_id AND app_user.erased_at IS NULL
                WHERE token.token_hash = $1
                FOR UPDATE OF token, sign_in
            ), usable AS (
                SELECT * FROM presented WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > $2
            ), used AS (
                UPDATE refresh_token SET used_at = $2
                WHERE token_hash IN (SELECT token_hash FROM usable)
            ), issued AS (
                INSERT INTO refresh_token (token_hash, sign_in_id, expires_at)
                SELECT $3, sign_in_id, $4 FROM usable
            ), revoked AS (
                UPDATE sign_in SET revoked_at = $2
                WHERE revoked_at IS NULL
                  AND id IN (SELECT sign_in_id FROM presented WHERE used_at IS NOT NULL)
            )
            SELECT app_user.id, app_user.username, app_user.role, app_user.password_hash
            FROM usable JOIN app_user ON app_user.id = usable.user_id
            """;

    private static final String END = """
            UPDATE sign_in SET revoked_at = $2
            WHERE revoked_at IS NULL
              AND id = (SELECT sign_in_id FROM refresh_token WHERE token_hash = $1)
            """;

    private static final String PRUNE = """
            DELETE FROM sign_in
            WHERE NOT EXISTS (
                SELECT FROM refresh_token WHERE sign_in_id = sign_in.id AND expires_at > now()
            )
            """;

    private final Pool pool;

    SignInStore(Pool pool) {
        this.pool = pool;
    }

    /** A user and the password's hash, which is null for who cannot sign in by password. */
    record Credential(UUID userId, String username, String role, String passwordHash) {}

    /** Emits null where nobody has this name. */
    Uni<Credential> findCredential(String username) {
        return pool.preparedQuery(FIND_CREDENTIAL).execute(Tuple.of(username)).map(SignInStore::credential);
    }

    /** Does nothing where the name is taken: another node was faster. */
    Uni<Void> createAdmin(UUID id, String username, String passwordHash, Instant now) {
        return pool.preparedQuery(CREATE_ADMIN)
                .execute(Tuple.of(id, username, passwordHash, utc(now)))
                .replaceWithVoid();
    }

    Uni<Void> begin(UUID signInId, UUID userId, Instant now, byte[] tokenHash, Instant expiresAt) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(signInId, userId, utc(now), Buffer.buffer(tokenHash), utc(expiresAt)))
                .replaceWithVoid();
    }

    /** Emits whom the new token belongs to, or null where the old one is not to be accepted. */
    Uni<Credential> rotate(byte[] oldHash, Instant now, byte[] newHash, Instant expiresAt) {
        return pool.preparedQuery(ROTATE)
                .execute(Tuple.of(Buffer.buffer(oldHash), utc(now), Buffer.buffer(newHash), utc(expiresAt)))
                .map(SignInStore::credential);
    }

    Uni<Void> end(byte[] tokenHash, Instant now) {
        return pool.preparedQuery(END)
                .execute(Tuple.of(Buffer.buffer(tokenHash), utc(now)))
                .replaceWithVoid();
    }

    @Scheduled(every = "6h", delayed = "15m")
    Uni<Void> prune() {
        return pool.query(PRUNE).execute().replaceWithVoid();
    }

    private static Credential credential(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Credential(
                row.getUUID("id"), row.getString("username"), row.getString("role"), row.getString("password_hash"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
