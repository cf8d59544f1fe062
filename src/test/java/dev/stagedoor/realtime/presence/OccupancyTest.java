package dev.stagedoor.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class OccupancyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    NodeStore nodeStore;

    @Inject
    OccupancyStore store;

    @Inject
    Occupancy ofTheService;

    private final Queue<Occupancy.Change> changes = new ConcurrentLinkedQueue<>();
    private final List<Node> nodes = new ArrayList<>();

    private Occupancy node() {
        Node node = new Node(nodeStore, ids);
        node.run().await().atMost(PATIENCE);
        nodes.add(node);
        Occupancy occupancy = new Occupancy(vertx, clock, node, store);
        occupancy.onChange(changes::addAll);
        return occupancy;
    }

    private void beat() {
        nodes.forEach(node -> node.beat().await().atMost(PATIENCE));
    }

    private Map<String, Integer> counts(String prefix) {
        return store.countsOfPrefix(prefix).await().atMost(PATIENCE);
    }

    private Stream<Occupancy.Change> of(String topic) {
        return changes.stream().filter(change -> change.topic().equals(topic));
    }

    private long occupied(String topic) {
        return of(topic)
                .filter(change -> change.isOccupied() && !change.wasOccupied())
                .count();
    }

    private long vacated(String topic) {
        return of(topic)
                .filter(change -> change.wasOccupied() && !change.isOccupied())
                .count();
    }

    private void awaitSettled(Occupancy... occupancies) {
        awaitBeating(() -> Stream.of(occupancies).allMatch(Occupancy::isSettled));
    }

    private void awaitBeating(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            beat();
            return condition.getAsBoolean();
        });
    }

    @Test
    void connectionsOfAllNodesAreCounted() {
        String topic = Api.uniqueName();
        Occupancy one = node();
        Occupancy other = node();

        one.entered(topic);
        one.entered(topic);
        other.entered(topic);
        awaitSettled(one, other);

        assertThat(counts(topic)).isEqualTo(Map.of(topic, 3));
        assertThat(store.counts(List.of(topic, "nothing")).await().atMost(PATIENCE))
                .isEqualTo(Map.of(topic, 3));
        assertThat(occupied(topic)).isEqualTo(1);
        assertThat(of(topic).mapToInt(Occupancy.Change::now).max()).hasValue(3);
    }

    @Test
    void aTopicIsVacatedSomeSecondsAfterTheLastLeft() {
        String topic = Api.uniqueName();
        Occupancy one = node();
        one.entered(topic);
        awaitBeating(() -> occupied(topic) == 1);

        one.left(topic);
        awaitBeating(() -> counts(topic).isEmpty());

        assertThat(vacated(topic)).isZero();
        awaitSettled(one);
        assertThat(vacated(topic)).isEqualTo(1);
        assertThat(Database.query("SELECT topic FROM occupancy WHERE topic = '" + topic + "'"))
                .isEmpty();
    }

    @Test
    void whoComesBackToAnotherNodeInTimeLeavesNothingVacated() {
        String topic = Api.uniqueName();
        Occupancy one = node();
        Occupancy other = node();
        one.entered(topic);
        awaitBeating(() -> occupied(topic) == 1);

        one.left(topic);
        awaitBeating(() -> counts(topic).isEmpty());
        other.entered(topic);
        awaitSettled(one, other);

        assertThat(occupied(topic)).isEqualTo(1);
        assertThat(vacated(topic)).isZero();
        assertThat(counts(topic)).isEqualTo(Map.of(topic, 1));
    }

    @Test
    void aTopicThatIsOnlyPassedThroughIsForgotten() {
        String topic = Api.uniqueName();
        Occupancy one = node();

        for (int i = 0; i < 1_000; i++) {
            one.entered(topic);
            one.left(topic);
        }
        one.left(topic);
        awaitSettled(one);

        assertThat(counts(topic)).isEmpty();
        assertThat(occupied(topic)).isEqualTo(vacated(topic));
    }

    /** Whatever happens at the same time: each coming and going of a topic is told by one node alone. */
    @Test
    void everyTransitionIsToldOnce() {
        String prefix = Api.uniqueName();
        List<Occupancy> occupancies = List.of(node(), node(), node());
        List<String> topics = IntStream.range(0, 8).mapToObj(i -> prefix + i).toList();
        List<AtomicInteger> left =
                topics.stream().map(topic -> new AtomicInteger()).toList();
        for (int i = 0; i < 3_000; i++) {
            int topic = ThreadLocalRandom.current().nextInt(topics.size());
            Occupancy occupancy = occupancies.get(ThreadLocalRandom.current().nextInt(3));
            boolean stays = i % 100 == 0;
            vertx.setTimer(1 + ThreadLocalRandom.current().nextInt(3_000), entering -> {
                occupancy.entered(topics.get(topic));
                if (stays) {
                    left.get(topic).incrementAndGet();
                } else {
                    vertx.setTimer(
                            1 + ThreadLocalRandom.current().nextInt(5), leaving -> occupancy.left(topics.get(topic)));
                }
            });
        }
        // Who does not beat for eight seconds is taken for dead.
        awaitBeating(() -> left.stream().mapToInt(AtomicInteger::get).sum() == 30);
        awaitSettled(occupancies.toArray(Occupancy[]::new));

        for (int i = 0; i < topics.size(); i++) {
            String topic = topics.get(i);
            assertThat(counts(topic).getOrDefault(topic, 0))
                    .as(topic)
                    .isEqualTo(left.get(i).get());
            assertThat(occupied(topic) - vacated(topic))
                    .as(topic)
                    .isEqualTo(left.get(i).get() > 0 ? 1 : 0);
        }
    }

    @Test
    void theTopicsOfADeadNodeAreVacatedAndSaidByALivingOne() {
        String lost = Api.uniqueName();
        String kept = Api.uniqueName();
        String dead = ids.next().toString();
        Occupancy one = node();
        one.entered(kept);
        ofTheService.onChange(changes::addAll);
        Database.change("INSERT INTO node (id) VALUES ('" + dead + "')");
        Database.change("INSERT INTO occupancy SELECT topic, '" + dead + "', 2 FROM unnest(ARRAY['" + lost + "', '"
                + kept + "']) AS topic");
        awaitSettled(one);

        Database.change("UPDATE node SET seen_at = now() - interval '1 minute' WHERE id = '" + dead + "'");
        awaitBeating(() -> vacated(lost) == 1);

        assertThat(vacated(kept)).isZero();
        assertThat(counts(kept)).isEqualTo(Map.of(kept, 1));
        assertThat(of(kept).reduce((first, last) -> last))
                .hasValueSatisfying(change -> assertThat(change.now()).isEqualTo(1));
    }

    @Test
    void aNodeThatWasTakenForDeadSaysAgainWhatItHas() {
        String before = Api.uniqueName();
        String after = Api.uniqueName();
        Occupancy one = node();
        one.entered(before);
        awaitSettled(one);

        Database.change("DELETE FROM node WHERE id = '" + nodes.get(0).id() + "'");
        one.entered(after);

        await().atMost(PATIENCE)
                .until(() -> counts(before).containsKey(before) && counts(after).containsKey(after));
    }
}
