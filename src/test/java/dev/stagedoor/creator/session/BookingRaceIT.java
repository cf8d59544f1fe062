package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Database;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However many want the same hour of a creator, on whichever node, one gets it. */
@Tag("executable")
class BookingRaceIT {

    /** In all; {@code -Dbooking.attempts=1000000} takes about a quarter of an hour. */
    private static final int ATTEMPTS = Integer.getInteger("booking.attempts", 20_000);

    private static final int AT_ONCE = 1_000;
    private static final int PEOPLE = 20;
    private static final long SEED = 20_261_122;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setMaxPoolSize(AT_ONCE).setMaxWaitQueueSize(-1));
    private final Random random = new Random(SEED);
    private final List<Remote.Person> people = new ArrayList<>();

    @Test
    void oneGetsItAndTheOthersAreToldSo() throws Exception {
        try (Nodes nodes = new Nodes(List.of(environment(), environment(), environment()))) {
            Remote first = new Remote(nodes.url(0));
            Remote.Person creator = first.signUp();
            Sessions.offerAlways(creator.id());
            for (int i = 0; i < PEOPLE; i++) {
                Remote.Person person = first.signUp();
                people.add(person);
                Tokens.issue(person.id(), 10_000_000);
            }
            Instant slot = Sessions.inDays(1);

            int rounds = ATTEMPTS / AT_ONCE;
            for (int round = 0; round < rounds; round++) {
                assertThat(attempt(nodes, creator, slot.plus(2L * round, ChronoUnit.HOURS)))
                        .as("round %d", round)
                        .containsOnly(201, 409)
                        .containsOnlyOnce(201);
            }

            assertNobodySharesTime(creator, rounds);
        } finally {
            assertThat(vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES))
                    .isNull();
        }
    }

    /** Nobody signs in again, however long it takes. */
    private static Map<String, String> environment() {
        Map<String, String> environment = Program.environment();
        environment.put("STAGEDOOR_AUTH_ACCESS_TOKEN_TTL", "1d");
        return environment;
    }

    /** Any two of these overlap: all begin within an hour, and last one. */
    private List<Integer> attempt(Nodes nodes, Remote.Person creator, Instant slot) throws Exception {
        List<Future<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Instant start = random.nextBoolean() ? slot : slot.plus(random.nextInt(60), ChronoUnit.MINUTES);
            attempts.add(book(nodes.ports().get(i % nodes.count()), people.get(i % PEOPLE), creator, start));
        }
        return Future.join(attempts)
                .map(done -> attempts.stream().map(Future::result).toList())
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }

    private Future<Integer> book(int port, Remote.Person person, Remote.Person creator, Instant start) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(Sessions.SESSIONS)
                .putHeader("Authorization", "Bearer " + person.token())
                .putHeader("Idempotency-Key", Tokens.newKey())
                .putHeader("Content-Type", "application/json");
        JsonObject body = new JsonObject().put("creatorId", creator.id()).put("startsAt", start.toString());
        return client.request(options)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.end().map(end -> response.statusCode()));
    }

    private static void assertNobodySharesTime(Remote.Person creator, int rounds) {
        assertThat(Database.query("SELECT count(*) FROM creator_session WHERE creator_id = '" + creator.id() + "'"))
                .containsExactly(Integer.toString(rounds));
        assertThat(Database.query("""
                        SELECT one.id FROM creator_session one JOIN creator_session other
                          ON other.creator_id = one.creator_id AND other.id > one.id
                         AND tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at, other.ends_at)
                        WHERE one.creator_id = '%s'
                        """.formatted(creator.id()))).isEmpty();
        assertThat(Database.query("SELECT sum(amount) FROM token_hold WHERE payee_id = '" + creator.id() + "'"))
                .containsExactly(Long.toString(100L * rounds));
        assertThat(Tokens.wrongs()).isEmpty();
    }
}
