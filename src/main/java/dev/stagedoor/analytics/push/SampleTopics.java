package dev.stagedoor.analytics.push;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.realtime.Message;
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
import java.util.stream.Stream;

/**
 * What is told of samples: to who watches a stream, the newest; to who reads the table, every one. Of a stream, everyone may
 * know how many watch it.
 */
@ApplicationScoped
class SampleTopics implements TopicRule {

    static final String STORED = "sample.stored";

    private static final String STREAM = "stream-";
    private static final String ROWS = "stream-samples-";

    /** A sample, as it is told. */
    record Row(String streamId, Instant at, long viewerCount, long chatActivity) {

        private static Row of(String streamId, JsonArray values) {
            return new Row(streamId, Instant.ofEpochMilli(values.getLong(0)), values.getLong(1), values.getLong(2));
        }
    }

    static String rows(String streamId) {
        return ROWS + streamId;
    }

    static Signal newest(Sample sample) {
        return Signal.newest(STREAM + sample.streamId(), STORED, json(sample).encode(), sample.at());
    }

    private static JsonObject json(Sample sample) {
        return new JsonObject()
                .put("livestreamId", sample.streamId().toString())
                .put("timestamp", Instant.ofEpochMilli(sample.at()).toString())
                .put("viewerCount", sample.viewerCount())
                .put("chatActivity", sample.chatActivity());
    }

    /** Short, since of each sample there is one, whether anybody listens or not. */
    static Signal rows(UUID streamId, List<Sample> samples) {
        JsonArray rows = new JsonArray();
        samples.forEach(sample -> rows.add(JsonArray.of(sample.at(), sample.viewerCount(), sample.chatActivity())));
        return new Signal(rows(streamId.toString()), STORED, rows.encode(), null, null);
    }

    /** What {@link #rows(UUID, List)} tells. */
    static Stream<Row> rows(Message message) {
        String streamId = message.topic().substring(ROWS.length());
        return new JsonArray(message.data()).stream().map(JsonArray.class::cast).map(row -> Row.of(streamId, row));
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
