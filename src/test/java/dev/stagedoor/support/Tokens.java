package dev.stagedoor.support;

import dev.stagedoor.support.Api.Person;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What tests of tokens do again and again. */
public final class Tokens {

    public static final String WALLET = "/api/v1/wallet";
    public static final String ENTRIES = WALLET + "/entries";
    public static final String TIPS = "/api/v1/tips";
    public static final String GRANTS = "/api/v1/admin/grants";

    private static final AtomicLong KEYS = new AtomicLong();

    private Tokens() {}

    public static String newKey() {
        return "key-" + KEYS.incrementAndGet();
    }

    /** Someone with so many tokens. */
    public static Person rich(long tokens) {
        Person person = Api.signUp();
        grant(person, tokens);
        return person;
    }

    public static void grant(Person person, long tokens) {
        post(Api.admin(), GRANTS, Map.of("userId", person.id(), "amount", tokens))
                .then()
                .statusCode(201);
    }

    /** A POST with a key of its own. */
    public static Response post(Person person, String path, Map<String, ?> body) {
        return post(person, newKey(), path, body);
    }

    public static Response post(Person person, String key, String path, Map<String, ?> body) {
        return person.request().header("Idempotency-Key", key).body(body).post(path);
    }

    public static Response tip(Person person, Person creator, long amount) {
        return post(person, TIPS, Map.of("creatorId", creator.id(), "amount", amount));
    }

    public static long balance(Person person) {
        return wallet(person, "balance");
    }

    public static long held(Person person) {
        return wallet(person, "held");
    }

    private static long wallet(Person person, String field) {
        return person.request()
                .get(WALLET)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong(field);
    }

    /** Makes someone a creator. */
    public static void becomeCreator(Person person) {
        becomeCreator(person.id());
    }

    /** As {@link #becomeCreator(Person)}. */
    public static void becomeCreator(String userId) {
        Database.change("""
                INSERT INTO creator (id, headline, price_tokens, session_minutes, time_zone, created_at)
                VALUES ('%s', 'Plays the organ', 100, 60, 'Europe/Lisbon', now())
                """.formatted(userId));
    }

    public static Person creator() {
        Person person = Api.signUp();
        becomeCreator(person);
        return person;
    }

    /** Issues tokens by a statement, where nobody is there who may over HTTP. */
    public static void issue(String userId, long tokens) {
        Database.change(
                "INSERT INTO token_account (kind, user_id) VALUES ('user', '" + userId + "') ON CONFLICT DO NOTHING",
                """
                WITH issued AS (
                    INSERT INTO transfer (id, kind, created_at) VALUES (gen_random_uuid(), 'grant', now()) RETURNING id
                ), changed AS (
                    UPDATE token_account
                    SET last_seq = last_seq + 1, balance = balance + CASE kind WHEN 'user' THEN %1$d ELSE -%1$d END
                    WHERE kind = 'issuance' OR (kind = 'user' AND user_id = '%2$s')
                    RETURNING id, kind, last_seq, balance
                )
                INSERT INTO entry (account_id, seq, transfer_id, amount, balance, created_at)
                SELECT changed.id, last_seq, issued.id, CASE kind WHEN 'user' THEN %1$d ELSE -%1$d END, balance, now()
                FROM changed, issued
                """.formatted(tokens, userId));
    }

    /** What an account of a user has, by the database. */
    public static long stored(String userId, String kind) {
        return Long.parseLong(Database.query(
                        "SELECT balance FROM token_account WHERE user_id = '" + userId + "' AND kind = '" + kind + "'")
                .get(0));
    }

    /** Each line says what is wrong with the ledger. */
    public static List<String> wrongs() {
        return Database.query("""
                SELECT 'the balances sum to ' || sum(balance) FROM token_account HAVING sum(balance) <> 0
                UNION ALL
                SELECT 'account ' || a.id || ' has ' || a.balance || ', its entries ' || coalesce(sum(e.amount), 0)
                FROM token_account a LEFT JOIN entry e ON e.account_id = a.id
                GROUP BY a.id HAVING a.balance <> coalesce(sum(e.amount), 0) OR a.last_seq <> count(e.seq)
                UNION ALL
                SELECT 'transfer ' || t.id || ' has ' || count(e.seq) || ' entries of ' || coalesce(sum(e.amount), 0)
                FROM transfer t LEFT JOIN entry e ON e.transfer_id = t.id
                GROUP BY t.id HAVING count(e.seq) < 2 OR sum(e.amount) <> 0
                """);
    }
}
