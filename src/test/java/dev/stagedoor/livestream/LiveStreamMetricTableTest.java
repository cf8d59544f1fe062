package dev.stagedoor.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.Publications;
import dev.stagedoor.realtime.supabase.RowChange;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class LiveStreamMetricTableTest {

    private final LiveStreamMetricTable table = new LiveStreamMetricTable();

    @Test
    void aStoredSampleIsAnInsertedRow() {
        String sample = """
                {"livestreamId": "s", "timestamp": "2026-05-01T20:00:00Z", "viewerCount": 42, "chatActivity": 7,
                 "invalidates": []}
                """;

        assertThat(table.change(Publications.of("stream-s", "sample.stored", sample)))
                .contains(new RowChange(
                        RowChange.Kind.INSERT,
                        new JsonObject()
                                .put("livestream_id", "s")
                                .put("timestamp", "2026-05-01T20:00:00Z")
                                .put("viewer_count", 42L)
                                .put("chat_activity", 7L)));
    }

    @Test
    void anotherEventIsNoRow() {
        assertThat(table.change(Publications.of("stream-s", "live-stream.started", "{}")))
                .isEmpty();
    }
}
