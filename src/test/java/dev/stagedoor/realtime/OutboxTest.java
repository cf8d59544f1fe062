package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class OutboxTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Outbox outbox;

    @Inject
    OutboxStore store;

    @Inject
    Transactions transactions;

    @Inject
    Hub hub;

    @Inject
    Vertx vertx;

    private String topic;
    private Recorder recorder;

    @BeforeEach
    void makeATopic() {
        topic = "test-" + Api.uniqueName();
        recorder = new Recorder(vertx);
    }

    private static <T> T result(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }

    private static void complete(Uni<?> uni) {
        assertThat(uni.map(done -> true).await().atMost(SOON)).isTrue();
    }

    private void listen() {
        assertThat(listen(null).isRecovered()).isFalse();
    }

    private Subscription listen(Position after) {
        Subscription subscription = result(hub.subscribe(topic, recorder, after));
        recorder.context().runOnContext(ignored -> subscription.start());
        return subscription;
    }

    private Event event(String name) {
        return Event.of(topic, name, "{}", List.of());
    }

    private List<Event> events(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> event("e" + n)).toList();
    }

    private static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> "e" + n).toList();
    }

    private static List<Long> offsets(long to) {
        return LongStream.rangeClosed(1, to).boxed().toList();
    }

    @Test
    void whatIsCommittedComesOnceAndInOrder() {
        listen();

        complete(outbox.publish(events(100)));

        await().untilAsserted(() -> assertThat(recorder.names()).isEqualTo(names(1, 100)));
        assertThat(recorder.offsets()).isEqualTo(offsets(100));
    }

    @Test
    void whatIsRolledBackIsNeverTold() {
        listen();

        Uni<Void> failing = outbox.inTransaction((transaction, events) -> {
            events.accept(event("never"));
            return Uni.createFrom().failure(new IllegalStateException("on purpose"));
        });
        assertThatThrownBy(() -> result(failing)).hasMessage("on purpose");
        complete(outbox.publish(events(1)));

        await().untilAsserted(() -> assertThat(recorder.names()).containsExactly("e1"));
        assertThat(recorder.offsets()).containsExactly(1L);
    }

    @Test
    void manyWritersAtOnceLeaveNeitherGapNorRepetition() {
        listen();
        int writers = 200;

        List<Uni<Void>> writes = new ArrayList<>();
        IntStream.range(0, writers).forEach(writer -> writes.add(outbox.publish(events(3))));
        complete(Uni.join().all(writes).andFailFast());

        await().untilAsserted(() -> assertThat(recorder.offsets()).hasSize(3 * writers));
        assertThat(recorder.offsets()).isEqualTo(offsets(3L * writers));
        assertThat(recorder.missed()).isEmpty();
    }

    @Test
    void transactionsOverSeveralTopicsDoNotWaitForEachOther() {
        String other = topic + "-2";
        List<Uni<Void>> writes = new ArrayList<>();
        IntStream.range(0, 100).forEach(n -> {
            Event one = event("e");
            Event two = Event.of(other, "e", "{}", List.of());
            writes.add(outbox.publish(n % 2 == 0 ? List.of(one, two) : List.of(two, one)));
        });

        complete(Uni.join().all(writes).andCollectFailures());

        assertThat(listen(null).position().offset()).isEqualTo(100);
    }

    @Test
    void whatAProcessCommittedThatDiedBeforeItCouldRelayIsRelayedByAnother() {
        listen();

        complete(store.appendAlone(events(3)));

        await().atMost(SOON).untilAsserted(() -> assertThat(recorder.names()).isEqualTo(names(1, 3)));
    }

    @Test
    void whatCameWhileNobodyListenedIsReplayedToWhoKnowsWhereTheyWere() {
        Position before = listen(null).position();
        complete(outbox.publish(events(2_000)));
        await().until(() -> recorder.names().size() == 2_000);
        Position middle = ((Publication) recorder.messages().get(999)).position();
        assertThat(before).isEqualTo(Position.START);

        recorder = new Recorder(vertx);
        Subscription fromTheStart = listen(before);
        await().untilAsserted(() -> assertThat(recorder.names()).isEqualTo(names(1, 2_000)));
        assertThat(fromTheStart.isRecovered()).isTrue();

        recorder = new Recorder(vertx);
        assertThat(listen(middle).isRecovered()).isTrue();
        await().untilAsserted(() -> assertThat(recorder.names()).isEqualTo(names(1_001, 2_000)));
    }

    @Test
    void aReplayGoesOverIntoWhatComesWithoutAGap() {
        complete(outbox.publish(events(1_500)));
        assertThat(listen(Position.START).isRecovered()).isTrue();

        complete(outbox.publish(List.of(event("e1501"), event("e1502"))));

        await().untilAsserted(() -> assertThat(recorder.names()).isEqualTo(names(1, 1_502)));
    }

    @Test
    void whoAsksForAPositionOfAnotherTimeIsToldThatItIsGone() {
        complete(outbox.publish(events(3)));
        Position now = listen(null).position();

        assertThat(listen(new Position(now.epoch() + 1, 1)).isRecovered()).isFalse();
        assertThat(listen(new Position(now.epoch(), 4)).isRecovered()).isFalse();
        assertThat(listen(new Position(now.epoch(), 3)).isRecovered()).isTrue();
    }

    @Test
    void whoAsksForWhatIsPrunedIsToldThatItIsGone() {
        complete(outbox.publish(events(3)));
        Position now = listen(null).position();
        String old = topic;
        topic = topic + "-pruned";
        complete(transactions.run(transaction -> transaction.execute(
                "INSERT INTO topic (name, epoch, last_offset) VALUES ($1, $2, 50)", Tuple.of(topic, now.epoch()))));

        assertThat(listen(new Position(now.epoch(), 40)).isRecovered()).isFalse();
        assertThat(old).isNotEqualTo(topic);
    }

    @Test
    void theDataOfOurEventsNamesWhatTheyMakeStale() {
        listen();

        complete(outbox.publish(List.of(Event.of(topic, "e", Map.of("id", 7), List.of("a:1", "b:2")))));

        await().until(() -> recorder.messages().size() == 1);
        assertThat(((Publication) recorder.messages().get(0)).data())
                .isEqualTo("{\"id\":7,\"invalidates\":[\"a:1\",\"b:2\"]}");
    }

    @Test
    void whatIsOldIsForgotten() {
        complete(outbox.publish(events(5)));

        assertThat(result(store.prune(Duration.ZERO))).isGreaterThanOrEqualTo(5);

        assertThat(listen(null).position().offset()).isEqualTo(5);
    }

    @Test
    void aSignalThatComesOverTwoWaysIsHeardOnce() {
        listen();
        String payload = new Signal(topic, "waved", "{}", null, null).payload("elsewhere");

        hub.hear(topic, payload);
        hub.hear(topic, payload);
        hub.hear(topic, new Signal(topic, "left", "{}", null, null).payload("elsewhere"));

        await().untilAsserted(() -> assertThat(recorder.names()).containsExactly("waved", "left"));
    }

    @Test
    void whatIsOlderThanTheNewestThatWasToldIsNotTold() {
        listen();

        hub.hear(topic, Signal.newest(topic, "first", "{}", 7).payload("elsewhere"));
        hub.hear(topic, Signal.newest(topic, "older", "{}", 6).payload("another"));
        hub.accept(Signal.newest(topic, "same", "{}", 7));
        hub.accept(new Signal(topic, "waved", "{}", null, null));
        hub.accept(Signal.newest(topic, "newer", "{}", 8));

        await().untilAsserted(() -> assertThat(recorder.names()).containsExactly("first", "waved", "newer"));
    }
}
