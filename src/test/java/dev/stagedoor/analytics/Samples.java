package dev.stagedoor.analytics;

import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Streams;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tests of samples do again and again. */
public final class Samples {

    public static final String BATCH = "/api/v1/metrics/batch";

    private Samples() {}

    /** The id of a new stream that began then. */
    public static String startedAt(Person owner, Instant begin) {
        String id = Streams.create(owner);
        Database.change("UPDATE live_stream SET created_at = '%1$s', started_at = '%1$s' WHERE id = '%2$s'"
                .formatted(begin, id));
        return id;
    }

    public static Map<String, Object> sample(String streamId, Instant at, int viewers, int chat) {
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("streamId", streamId);
        sample.put("timestamp", at.toString());
        sample.put("viewerCount", viewers);
        sample.put("chatActivity", chat);
        return sample;
    }

    /** The sample with a field of another value, of any type; null takes the field away. */
    public static Map<String, Object> with(Map<String, Object> sample, String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(sample);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    public static Response post(Person person, List<?> batch) {
        return person.request().body(batch).post(BATCH);
    }

    /** Stores samples that are all right. */
    public static void store(Person person, List<Map<String, Object>> samples) {
        post(person, samples).then().statusCode(202);
    }

    public static Response analytics(Person person, String streamId, String query) {
        return person.request().urlEncodingEnabled(false).get(Streams.stream(streamId) + "/analytics?" + query);
    }
}
