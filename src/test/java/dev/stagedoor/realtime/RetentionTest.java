package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.presence.Presence;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long events are kept. */
@StagedoorTest
class RetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @Inject
    OutboxStore store;

    @Inject
    Hub hub;

    private static void publish(String topic, int minutesAgo, String name) {
        Database.change("INSERT INTO outbox (topic, epoch, topic_offset, name, data, invalidates, created_at) VALUES ('"
                + topic + "', 1, " + (100 - minutesAgo) + ", '" + name + "', '{}', '', now() - interval '" + minutesAgo
                + " minutes')");
    }

    private static List<String> kept(String topic) {
        return Database.query(
                "SELECT 100 - topic_offset FROM outbox WHERE topic = '" + topic + "' ORDER BY topic_offset");
    }

    @Test
    void eventsOfCacheChannelsAreKeptForHalfAnHour() {
        String name = Api.uniqueName();
        List<String> cached = List.of(
                "cache-" + name,
                "private-cache-" + name,
                "presence-cache-" + name,
                "private-encrypted-cache-" + name,
                "other:private-cache-" + name);
        List<String> others = List.of("private-" + name, "no-cache-" + name, "other:private-" + name);
        cached.forEach(topic -> List.of(5, 20, 40).forEach(minutes -> publish(topic, minutes, "e")));
        others.forEach(topic -> List.of(5, 20, 40).forEach(minutes -> publish(topic, minutes, "e")));

        assertThat(store.prune(WINDOW).await().atMost(PATIENCE)).isNotNegative();

        assertThat(cached).allSatisfy(topic -> assertThat(kept(topic)).containsExactly("20", "5"));
        assertThat(others).allSatisfy(topic -> assertThat(kept(topic)).containsExactly("5"));
    }

    @Test
    void theLatestIsWhatAServerSaidLately() {
        String topic = "presence-cache-" + Api.uniqueName();
        assertThat(hub.latest(topic).await().atMost(PATIENCE)).isNull();
        publish(topic, 31, "old");
        assertThat(hub.latest(topic).await().atMost(PATIENCE)).isNull();
        publish(topic, 20, "said");
        publish(topic, 5, Presence.ADDED);

        Latest latest = hub.latest(topic).await().atMost(PATIENCE);

        assertThat(latest.publication().name()).isEqualTo("said");
        assertThat(latest.rest()).isBetween(Duration.ofSeconds(570), Duration.ofSeconds(600));
    }
}
