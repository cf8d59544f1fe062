package dev.stagedoor.analytics;

import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicNames;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is told of samples: to who watches a stream, the newest; to who reads the table, every one. Of a stream, everyone may
 * know how many watch it.
 */
@ApplicationScoped
class SampleTopics implements TopicRule {

    static final String STORED = "sample.stored";

    private static final String STREAM = "stream-";
    private static final String ROWS = "stream-samples-";

    static String rows(String streamId) {
        return ROWS + streamId;
    }

    static Signal newest(Sample sample) {
        return new Signal(STREAM + sample.streamId(), STORED, json(sample).encode(), null, null);
    }

    static Signal rows(UUID streamId, List<Sample> samples) {
        JsonArray rows = new JsonArray(samples.stream().map(SampleTopics::json).toList());
        return new Signal(rows(streamId.toString()), STORED, rows.encode(), null, null);
    }

    private static JsonObject json(Sample sample) {
        return new JsonObject()
                .put("livestreamId", sample.streamId().toString())
                .put("timestamp", Instant.ofEpochMilli(sample.at()).toString())
                .put("viewerCount", sample.viewerCount())
                .put("chatActivity", sample.chatActivity());
    }

    @Override
    public boolean covers(String topic) {
        return TopicNames.id(topic, ROWS).isPresent();
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        return Uni.createFrom().item(true);
    }
}
