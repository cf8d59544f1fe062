package dev.stagedoor.wallet;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.wallet.Account.Kind;
import dev.stagedoor.wallet.Books.Standing;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Locks accounts, and writes what is posted to them. */
@ApplicationScoped
class LedgerStore {

    /**
     * Every transaction locks accounts in the same order, so that no two wait for each other; the platform's, which many
     * want, last. A user's are made when they are first wanted; an update that never happens is what locks the others.
     */
    static final String LOCK = """
            INSERT INTO token_account AS account (kind, user_id)
            SELECT wanted.kind, wanted.user_id
            FROM unnest(CAST($1 AS text[]), CAST($2 AS uuid[])) AS wanted (kind, user_id)
            WHERE wanted.user_id IS NULL OR EXISTS (SELECT FROM app_user WHERE id = wanted.user_id)
            ORDER BY wanted.user_id, wanted.kind
            ON CONFLICT (user_id, kind) DO UPDATE SET balance = account.balance WHERE false
            """;

    /** A statement of its own: it sees what was committed before the lock was had. */
    static final String STANDINGS = """
            SELECT account.id, account.kind, account.user_id, account.balance, account.last_seq, account.changed_at,
                   EXISTS (SELECT FROM creator WHERE id = account.user_id) AS is_of_creator
            FROM unnest(CAST($1 AS text[]), CAST($2 AS uuid[])) AS wanted (kind, user_id)
            JOIN token_account account
              ON account.kind = wanted.kind AND account.user_id IS NOT DISTINCT FROM wanted.user_id
            """;

    /**
     * One clock for all nodes, read under the locks, and no earlier than the last entry, should it be put back: the entries of
     * an account are in order of time, too.
     */
    static final String POST = """
            WITH posted AS MATERIALIZED (
                SELECT greatest(clock_timestamp(), $12) AS at
            ), moved AS (
                INSERT INTO transfer (id, kind, subject_id, created_at)
                SELECT t.id, t.kind, t.subject_id, posted.at
                FROM posted, unnest(CAST($1 AS uuid[]), CAST($2 AS text[]), CAST($3 AS uuid[])) AS t (id, kind, subject_id)
            ), entered AS (
                INSERT INTO entry (account_id, seq, transfer_id, amount, balance, created_at)
                SELECT e.account_id, e.seq, e.transfer_id, e.amount, e.balance, posted.at
                FROM posted, unnest(CAST($4 AS uuid[]), CAST($5 AS bigint[]), CAST($6 AS uuid[]), CAST($7 AS bigint[]), CAST($8 AS bigint[]))
                    AS e (account_id, seq, transfer_id, amount, balance)
            ), changed AS (
                UPDATE token_account SET last_seq = now.seq, balance = now.balance, changed_at = posted.at
                FROM posted, unnest(CAST($9 AS uuid[]), CAST($10 AS bigint[]), CAST($11 AS bigint[])) AS now (id, seq, balance)
                WHERE token_account.id = now.id
            )
            SELECT at FROM posted
            """;

    /** Locks accounts, and emits what they have; of users that do not exist there is none. One journey for both statements. */
    Uni<Books> lock(Transaction transaction, List<Account> accounts) {
        return transaction
                .executeAfter(LOCK, wanted(accounts), STANDINGS, wanted(accounts))
                .map(LedgerStore::books);
    }

    /** Emits when. */
    Uni<Instant> write(Transaction transaction, Books books) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfUUID(ids(books.transfers(), Transfer::id))
                .addArrayOfString(texts(books.transfers(), transfer -> wireName(transfer.kind())))
                .addArrayOfUUID(ids(books.transfers(), Transfer::subjectId))
                .addArrayOfUUID(ids(books.entries(), entry -> entry.after().id()))
                .addArrayOfLong(numbers(books.entries(), entry -> entry.after().seq()))
                .addArrayOfUUID(ids(books.entries(), entry -> entry.transfer().id()))
                .addArrayOfLong(numbers(books.entries(), entry -> entry.leg().amount()))
                .addArrayOfLong(numbers(books.entries(), entry -> entry.after().balance()))
                .addArrayOfUUID(ids(books.changed(), Standing::id))
                .addArrayOfLong(numbers(books.changed(), Standing::seq))
                .addArrayOfLong(numbers(books.changed(), Standing::balance))
                .addOffsetDateTime(books.newest().atOffset(ZoneOffset.UTC));
        return transaction
                .execute(POST, parameters)
                .map(rows -> Reads.instant(rows.iterator().next(), "at"));
    }

    private static Tuple wanted(List<Account> accounts) {
        return Tuple.tuple()
                .addArrayOfString(texts(accounts, account -> wireName(account.kind())))
                .addArrayOfUUID(ids(accounts, Account::userId));
    }

    private static Books books(RowSet<Row> rows) {
        Map<Account, Standing> standings = new HashMap<>();
        rows.forEach(row -> standings.put(
                new Account(Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getUUID("user_id")),
                new Standing(
                        row.getUUID("id"),
                        row.getLong("last_seq"),
                        row.getLong("balance"),
                        Reads.instant(row, "changed_at"),
                        row.getBoolean("is_of_creator"))));
        return new Books(standings);
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <T> UUID[] ids(Collection<T> rows, Function<T, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> Long[] numbers(Collection<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
