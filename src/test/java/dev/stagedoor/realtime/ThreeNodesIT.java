package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Forwarder;
import dev.stagedoor.support.LoadBalancer;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.PusherSocket;
import dev.stagedoor.support.RedisProcess;
import dev.stagedoor.support.Remote;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three processes, one PostgreSQL, one Redis, and a load balancer before them. */
@Tag("executable")
class ThreeNodesIT {

    private static final int NODES = 3;
    private static final String CREATED = "message.created";

    /** A node that died is noticed within 15 seconds. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static RedisProcess redis;

    /** Between the first node and Redis. */
    private static Forwarder forwarder;

    private static Nodes nodes;
    private static LoadBalancer balancer;

    @BeforeAll
    static void start() {
        redis = new RedisProcess();
        forwarder = new Forwarder(redis.port());
        forwarder.open();
        Map<String, String> first = environment("redis://127.0.0.1:" + forwarder.port());
        // What it does while nobody answers it must be known.
        first.put("STAGEDOOR_REALTIME_REDIS_TIMEOUT", "10s");
        nodes = new Nodes(List.of(first, environment(redis.url()), environment(redis.url())));
        balancer = new LoadBalancer(nodes.ports());
    }

    private static Map<String, String> environment(String redisUrl) {
        Map<String, String> environment = new HashMap<>(Program.environment());
        environment.put("REDIS_URL", redisUrl);
        environment.put("STAGEDOOR_SHUTDOWN_DELAY", "1500ms");
        environment.put("STAGEDOOR_REALTIME_DRAIN_WINDOW", "1s");
        return environment;
    }

    @AfterAll
    static void stop() {
        balancer.close();
        nodes.close();
        forwarder.close();
        redis.close();
    }

    private static Remote remote(int node) {
        return new Remote(nodes.url(node));
    }

    @BeforeEach
    void startWhatIsGone() {
        nodes.startMissing();
    }

    private static String newChannel(Remote.Person owner) {
        return owner.request()
                .body(Chat.newChannel("public", "Three nodes", List.of()))
                .post(Chat.CHANNELS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void everyObserverSeesExactlyWhoIsThereHoweverTheyComeAndGoAndANodeIsKilled() {
        try (PresenceFuzz fuzz = new PresenceFuzz(nodes, balancer)) {
            fuzz.run(250);
            nodes.kill(1);
            fuzz.run(50);
            nodes.start(1);
            fuzz.run(200);
            nodes.program(1).awaitReady();
            fuzz.observe(1);
            fuzz.run(100);

            await(fuzz.toString()).atMost(SOON).untilAsserted(() -> {
                Map<String, ?> present = fuzz.present();
                assertThat(fuzz.openObservers())
                        .hasSize(NODES * present.size())
                        .allSatisfy(
                                observer -> assertThat(observer.members()).isEqualTo(present.get(observer.channel())));
            });
            assertThat(fuzz.complaints()).as(fuzz.toString()).isEmpty();
        }
    }

    @Test
    void aRollingRestartAndAKillLoseNothingAndDoubleNothing() {
        Remote.Person author = remote(0).signUp();
        String channelId = newChannel(author);
        String topic = "private-channel-" + channelId;
        List<Follower> followers = Stream.concat(
                        Stream.generate(() -> (Follower) new PusherFollower(balancer::url, topic))
                                .limit(6),
                        Stream.generate(() -> (Follower) new SseFollower(balancer::url, topic, author.token()))
                                .limit(3))
                .toList();
        try (Counting counting = new Counting(balancer::url, author.token(), channelId)) {
            followers.forEach(Follower::follow);
            await().until(() -> followers.stream().allMatch(Follower::isReady));
            counting.start();

            IntStream.range(0, NODES).forEach(nodes::replace);
            nodes.kill(2);
            counting.awaitMore(20);
            nodes.start(2);
            nodes.program(2).awaitReady();
            counting.awaitMore(20);

            List<Integer> published = counting.stop();
            assertThat(followers).allSatisfy(follower -> {
                await().atMost(SOON).until(() -> follower.numbers().size() >= published.size());
                assertThat(follower.complaints()).isEmpty();
                assertThat(follower.difference(published)).isEmpty();
            });
        } finally {
            followers.forEach(Follower::close);
        }
    }

    @Test
    void whatANodeCommitsAndDoesNotLiveToRelayReachesTheOthers() {
        Remote.Person author = remote(0).signUp();
        String channelId = newChannel(author);
        List<PusherSocket> listeners = listeners("private-channel-" + channelId, 1, 2);

        forwarder.hang();
        CompletableFuture<?> answeredOrNot = HttpClient.newHttpClient()
                .sendAsync(
                        Counting.message(nodes.url(0), author.token(), channelId, "the last words"),
                        BodyHandlers.discarding());
        await().pollInterval(Duration.ofMillis(5)).until(() -> isCommitted("the last words"));
        nodes.kill(0);
        forwarder.resume();

        listeners.forEach(listener -> {
            await().until(() -> !texts(listener).isEmpty());
            assertThat(texts(listener)).containsExactly("the last words");
        });
        listeners.forEach(PusherSocket::close);
        assertThat(answeredOrNot).as("a request at a node that is gone").matches(Future::isDone);
    }

    private static boolean isCommitted(String text) {
        return !Database.query("SELECT 1 FROM outbox WHERE data LIKE '%" + text + "%'")
                .isEmpty();
    }

    @Test
    void withoutRedisAndWithItAgainEventsReachAllNodesOnceAndInOrder() {
        Remote.Person author = remote(0).signUp();
        String channelId = newChannel(author);
        List<PusherSocket> listeners = listeners("private-channel-" + channelId, 0, 1, 2);
        List<String> said = new ArrayList<>();

        say(author, channelId, said, "with Redis");
        redis.kill();
        say(author, channelId, said, "without Redis");
        awaitAll(listeners, said);
        redis.start();
        say(author, channelId, said, "while it comes back");
        IntStream.range(0, NODES).forEach(ThreeNodesIT::awaitRedis);
        say(author, channelId, said, "with Redis again");
        awaitAll(listeners, said);

        assertThat(listeners).allSatisfy(listener -> assertThat(texts(listener)).isEqualTo(said));
        listeners.forEach(PusherSocket::close);
    }

    /** Five times at each node in turn. */
    private static void say(Remote.Person author, String channelId, List<String> said, String text) {
        for (int i = 0; i < 5 * NODES; i++) {
            Remote.Person there = new Remote.Person(remote(i % NODES), author.id(), author.username(), author.token());
            String numbered = text + " " + i;
            there.request()
                    .body(Map.of("text", numbered))
                    .post(Chat.messages(channelId))
                    .then()
                    .statusCode(201);
            said.add(numbered);
        }
    }

    private static void awaitRedis(int node) {
        await().untilAsserted(() ->
                assertThat(nodes.program(node).get("/q/health/ready").body()).contains("\"redis\""));
    }

    private static List<PusherSocket> listeners(String topic, int... at) {
        return IntStream.of(at)
                .mapToObj(node -> {
                    PusherSocket socket = PusherSocket.open(nodes.url(node));
                    socket.subscribe(topic);
                    return socket.awaitSubscribed(topic);
                })
                .toList();
    }

    private static void awaitAll(List<PusherSocket> listeners, List<String> said) {
        listeners.forEach(listener -> await().until(() -> texts(listener).size() >= said.size()));
    }

    private static List<String> texts(PusherSocket listener) {
        return listener.received().stream()
                .filter(event -> event.name().equals(CREATED))
                .map(event -> event.data().getString("text"))
                .toList();
    }
}
