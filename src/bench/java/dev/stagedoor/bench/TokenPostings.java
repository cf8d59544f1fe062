package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tips of many payers for one creator, whose account they all want, and for as many creators; each is a transfer of two
 * entries. The baseline posts the same into the same tables in a transaction of its own each, over bare connections.
 */
final class TokenPostings {

    private static final String DATABASE = "postings";
    private static final int PAYERS = 64;
    private static final int BARE_CONNECTIONS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofSeconds(20);

    private static final String MAKE_CREATORS = """
            INSERT INTO creator (id, headline, price_tokens, session_minutes, time_zone, created_at)
            SELECT id, 'Paid to be measured', 1, 60, 'UTC', now() FROM app_user WHERE id IN (%s)
            ON CONFLICT DO NOTHING
            """;

    /** What one request does without others to share with, as one statement. */
    private static final String BARE = """
            WITH locked AS MATERIALIZED (
                SELECT id, kind, user_id, balance, last_seq FROM token_account
                WHERE kind = 'user' AND user_id IN (?::uuid, ?::uuid)
                ORDER BY user_id
                FOR NO KEY UPDATE
            ), moved AS (
                INSERT INTO transfer (id, kind, created_at) VALUES (gen_random_uuid(), 'tip', now()) RETURNING id
            ), amounts AS MATERIALIZED (
                SELECT locked.*, CASE user_id WHEN ?::uuid THEN -1 ELSE 1 END AS amount FROM locked
            ), entered AS (
                INSERT INTO entry (account_id, seq, transfer_id, amount, balance, created_at)
                SELECT amounts.id, last_seq + 1, moved.id, amount, balance + amount, now() FROM amounts, moved
            )
            UPDATE token_account SET last_seq = amounts.last_seq + 1, balance = amounts.balance + amount
            FROM amounts WHERE token_account.id = amounts.id
            """;

    private final Installation installation;
    private final AtomicLong keys = new AtomicLong();

    TokenPostings(Installation installation) {
        this.installation = installation;
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        installation.createDatabase(DATABASE);
        Map<String, Double> onOne = new HashMap<>();
        Map<String, Double> onOneP99 = new HashMap<>();
        Map<String, Double> onMany = new HashMap<>();
        List<Account> people = new ArrayList<>();
        for (Build build : builds) {
            int port = Installation.freePort();
            try (Program program =
                    Program.start(build, environment(port), installation.file("postings-" + build.name() + ".log"))) {
                program.millisToOk(port, "/q/health/ready");
                people.clear();
                people.addAll(rich(port, build.name()));
                Load.Round hot = measure(port, people, payer -> people.get(0));
                Load.Round spread = measure(port, people, payer -> people.get((payer + 1) % PAYERS));
                onOne.put(build.name(), hot.perSecond());
                onOneP99.put(build.name(), hot.p99Millis());
                onMany.put(build.name(), spread.perSecond());
                Benchmarks.progress("%,.0f and %,.0f postings/s", hot.perSecond(), spread.perSecond());
            }
        }
        double bareOnOne = bare(people, payer -> people.get(0));
        double bareOnMany = bare(people, payer -> people.get((payer + 1) % PAYERS));
        return List.of(
                Table.row("postings/s on one hot account, over HTTP", onOne, "%,.0f", bareOnOne),
                Table.row("– p99 of a posting, ms", onOneP99, "%.0f", Double.NaN),
                Table.row("postings/s on 64 accounts, over HTTP", onMany, "%,.0f", bareOnMany));
    }

    private Map<String, String> environment(int port) {
        Map<String, String> environment = installation.environment(DATABASE, port);
        environment.put("STAGEDOOR_AUTH_ATTEMPTS_PER_ADDRESS", "100000");
        return environment;
    }

    /** Whom a payer tips; of one creator, the first payer pays the second. */
    private interface Payee {
        Account of(int payer);
    }

    private static Account payee(Payee payee, List<Account> people, int payer) {
        Account wanted = payee.of(payer);
        return wanted == people.get(payer) ? people.get(1) : wanted;
    }

    private List<Account> rich(int port, String build) throws IOException {
        List<Account> people = new ArrayList<>();
        for (int i = 0; i < PAYERS; i++) {
            people.add(Account.register(port, "payer-" + build + "-" + i));
        }
        Account admin = Account.signIn(port, "admin");
        for (Account person : people) {
            JsonNode unused = admin.send(
                    port,
                    "POST",
                    "/api/v1/admin/grants",
                    "{\"userId\":\"" + person.userId() + "\",\"amount\":1000000000}");
        }
        String ids = people.stream().map(person -> "'" + person.userId() + "'").collect(Collectors.joining(","));
        execute(MAKE_CREATORS.formatted(ids));
        installation.settle(DATABASE);
        return people;
    }

    private Load.Round measure(int port, List<Account> people, Payee payee) throws IOException {
        List<Supplier<byte[]>> payers = new ArrayList<>();
        for (int i = 0; i < PAYERS; i++) {
            Account payer = people.get(i);
            Account creator = payee(payee, people, i);
            payers.add(() -> tip(payer, creator));
        }
        Load load = new HttpLoad(port, payers, 201);
        Load.Round unused = load.run(WARM_UP);
        // As the upkeep of PostgreSQL does within a minute: plans are made for what is in the tables.
        installation.settle(DATABASE);
        return load.run(ROUND);
    }

    private byte[] tip(Account payer, Account creator) {
        String body = "{\"creatorId\":\"" + creator.userId() + "\",\"amount\":1}";
        return ("POST /api/v1/tips HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + payer.authorization()
                        + "\r\nContent-Type: application/json\r\nIdempotency-Key: bench-" + keys.incrementAndGet()
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private double bare(List<Account> people, Payee payee) {
        Benchmarks.progress("Posting one transaction each over bare connections");
        ExecutorService threads = Executors.newFixedThreadPool(BARE_CONNECTIONS);
        long end = System.nanoTime() + ROUND.toNanos();
        List<Callable<Long>> posters = new ArrayList<>();
        for (int i = 0; i < BARE_CONNECTIONS; i++) {
            int poster = i;
            posters.add(() -> post(people, payee, poster, end));
        }
        try {
            long posted = 0;
            for (Future<Long> each : threads.invokeAll(posters)) {
                posted += each.get();
            }
            return posted / (ROUND.toNanos() / 1e9);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private long post(List<Account> people, Payee payee, int poster, long end) throws SQLException {
        long posted = 0;
        try (Connection connection = installation.connect(DATABASE);
                PreparedStatement statement = connection.prepareStatement(BARE)) {
            for (int payer = poster; System.nanoTime() < end; payer = (payer + BARE_CONNECTIONS) % PAYERS) {
                String from = people.get(payer).userId();
                statement.setString(1, from);
                statement.setString(2, payee(payee, people, payer).userId());
                statement.setString(3, from);
                posted += statement.executeUpdate() / 2;
            }
        }
        return posted;
    }

    private void execute(String sql) {
        try (Connection connection = installation.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
