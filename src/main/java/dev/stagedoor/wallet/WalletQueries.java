package dev.stagedoor.wallet;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Reads what users have, and how it came to that. */
@ApplicationScoped
class WalletQueries {

    static final String WALLET = """
            SELECT coalesce(sum(balance) FILTER (WHERE kind = 'user'), 0)::bigint AS balance,
                   coalesce(sum(balance) FILTER (WHERE kind = 'escrow'), 0)::bigint AS held
            FROM token_account
            WHERE user_id = $1
            """;

    /** Of each transfer, at most one other account is a user's. */
    private static final String ENTRY = """
            SELECT page.seq, page.transfer_id, transfer.kind, page.amount, page.balance, page.created_at, transfer.subject_id,
                   (SELECT counterparty.user_id
                    FROM entry opposite JOIN token_account counterparty ON counterparty.id = opposite.account_id
                    WHERE opposite.transfer_id = page.transfer_id AND counterparty.user_id <> $1
                    LIMIT 1) AS counterparty_id
            FROM page JOIN transfer ON transfer.id = page.transfer_id
            """;

    static final String NEWEST = """
            WITH page AS (
                SELECT entry.*
                FROM entry
                WHERE entry.account_id = (SELECT id FROM token_account WHERE user_id = $1 AND kind = 'user') AND entry.seq < $2
                ORDER BY entry.seq DESC
                LIMIT $3
            )
            """ + ENTRY + " ORDER BY page.seq DESC";

    static final String STATEMENT = """
            WITH page AS (
                SELECT entry.*
                FROM entry
                WHERE entry.account_id = (SELECT id FROM token_account WHERE user_id = $1 AND kind = 'user') AND entry.seq > $2
                  AND entry.created_at < $3
                ORDER BY entry.seq
                LIMIT $4
            )
            """ + ENTRY + " ORDER BY page.seq";

    /** The entries of an account are in order of time. */
    static final String LAST_BEFORE = """
            SELECT entry.seq, entry.balance
            FROM entry
            WHERE entry.account_id = (SELECT id FROM token_account WHERE user_id = $1 AND kind = 'user')
              AND entry.created_at < $2
            ORDER BY entry.created_at DESC, entry.seq DESC
            LIMIT 1
            """;

    private final Reads reads;

    WalletQueries(Reads reads) {
        this.reads = reads;
    }

    /** What an account was at some time: the sequence of its last entry, and the balance. */
    record Opening(long seq, long balance) {}

    /** Of who never had tokens, it is empty. */
    Uni<WalletView> wallet(UUID userId) {
        return reads.first(
                WALLET, Tuple.of(userId), row -> new WalletView(row.getLong("balance"), row.getLong("held")));
    }

    /** Newest first. */
    Uni<List<EntryView>> newest(UUID userId, long before, int rows) {
        return reads.list(NEWEST, Tuple.of(userId, before, rows), WalletQueries::entry);
    }

    /** Oldest first. */
    Uni<List<EntryView>> statement(UUID userId, long after, Instant until, int rows) {
        return reads.list(
                STATEMENT, Tuple.of(userId, after, until.atOffset(ZoneOffset.UTC), rows), WalletQueries::entry);
    }

    Uni<Opening> opening(UUID userId, Instant from) {
        return reads.first(
                        LAST_BEFORE,
                        Tuple.of(userId, from.atOffset(ZoneOffset.UTC)),
                        row -> new Opening(row.getLong("seq"), row.getLong("balance")))
                .map(found -> found == null ? new Opening(0, 0) : found);
    }

    private static EntryView entry(Row row) {
        return new EntryView(
                row.getLong("seq"),
                row.getUUID("transfer_id"),
                row.getString("kind"),
                row.getLong("amount"),
                row.getLong("balance"),
                row.getUUID("counterparty_id"),
                row.getUUID("subject_id"),
                Reads.instant(row, "created_at"));
    }
}
