package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@StagedoorTest
class RelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Relay relay;

    @Inject
    HistoryStore store;

    private final String topic = "private-" + Api.uniqueName();

    private void write(int... offsets) {
        for (int offset : offsets) {
            Database.change("INSERT INTO outbox (topic, epoch, topic_offset, name, data, invalidates) VALUES ('" + topic
                    + "', 1, " + offset + ", 'e', '{}', '')");
        }
    }

    @Test
    void whatIsNotKeptAnyMoreIsPassedOver() {
        write(1, 2, 5, 6, 9);
        Map<String, Position> newest = Map.of(topic, new Position(1, 9));
        List<Publication> kept =
                store.missed(topic, new Position(1, 0), 10).await().atMost(PATIENCE);

        relay.append(kept).await().atMost(PATIENCE);

        assertThat(kept).hasSize(5);
        assertThat(relay.isMissingAny(newest).await().atMost(PATIENCE)).isFalse();
    }

    @Test
    void whatRedisLacksIsSentThoughSomethingIsGoneBeforeIt() {
        write(1, 2);
        relay.append(store.missed(topic, new Position(1, 0), 10).await().atMost(PATIENCE))
                .await()
                .atMost(PATIENCE);
        write(7, 8);
        Map<String, Position> newest = Map.of(topic, new Position(1, 8));

        List<Publication> sent = relay.sendMissing(newest).await().atMost(PATIENCE);

        assertThat(sent).extracting(each -> each.position().offset()).containsExactly(7L, 8L);
        assertThat(relay.isMissingAny(newest).await().atMost(PATIENCE)).isFalse();
    }
}
