package dev.stagedoor.account;

import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Forgets users. */
@ApplicationScoped
class UserStore {

    /** What refers to the user stays, and refers to nobody. */
    private static final String ERASE = """
            WITH erased AS (
                UPDATE app_user
                SET username = 'erased-' || id, display_name = 'Erased', password_hash = NULL, issuer = NULL, external_id = NULL,
                    role = 'user', erased_at = $2, version = version + 1
                WHERE id = $1 AND erased_at IS NULL
                RETURNING id
            ), without_keys AS (
                DELETE FROM api_key USING erased WHERE api_key.user_id = erased.id
            ), without_sign_ins AS (
                DELETE FROM sign_in USING erased WHERE sign_in.user_id = erased.id
            )
            SELECT FROM erased
            """;

    /** Emits whether there was someone to forget. */
    Uni<Boolean> erase(Transaction transaction, UUID id, Instant now) {
        return transaction
                .execute(ERASE, Tuple.of(id, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() > 0);
    }
}
