package dev.stagedoor.account.apikey;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Looks keys up for authentication. */
@ApplicationScoped
class ApiKeyQueries {

    private static final String FIND = """
            SELECT api_key.user_id, api_key.secret_hash, api_key.scopes, api_key.expires_at, app_user.role
            FROM api_key JOIN app_user ON app_user.id = api_key.user_id
            WHERE api_key.id = $1 AND app_user.erased_at IS NULL
            """;

    private final Reads reads;

    ApiKeyQueries(Reads reads) {
        this.reads = reads;
    }

    /** A key and what its owner is now; {@code expiresAt} is null where it does not expire. */
    record StoredKey(UUID userId, Buffer secretHash, Set<String> scopes, Instant expiresAt, String role) {}

    /** Emits null where there is no such key. */
    Uni<StoredKey> find(UUID id) {
        return reads.first(FIND, Tuple.of(id), ApiKeyQueries::storedKey);
    }

    private static StoredKey storedKey(Row row) {
        return new StoredKey(
                row.getUUID("user_id"),
                row.get(Buffer.class, "secret_hash"),
                Set.of(row.getArrayOfStrings("scopes")),
                Reads.instant(row, "expires_at"),
                row.getString("role"));
    }
}
