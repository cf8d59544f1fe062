package dev.stagedoor.analytics.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.ingest.InvalidSample;
import dev.stagedoor.analytics.ingest.SampleForm;
import dev.stagedoor.platform.archive.RecordReader;
import dev.stagedoor.platform.archive.RecordReader.Parsed;
import dev.stagedoor.platform.archive.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads samples from CSV with a header, as {@link CsvForm} writes them; the columns may be in any order. Blocks while it reads. */
final class SampleRecords {

    /** By its column, the field of the sample in JSON. */
    private static final Map<String, String> FIELDS = Map.of(
            "stream_id", "streamId",
            "timestamp", "timestamp",
            "viewer_count", "viewerCount",
            "chat_activity", "chatActivity",
            "bitrate_kbps", "bitrateKbps",
            "dropped_frames", "droppedFrames",
            "country", "country",
            "device", "device");

    private static final List<String> REQUIRED = List.of("stream_id", "timestamp", "viewer_count", "chat_activity");

    private final RecordReader records;
    private final ObjectReader reader;
    private final List<String> columns;

    /** Reads the header; fails with an {@link IllegalArgumentException} for one that is not of samples. */
    SampleRecords(InputStream input, ObjectMapper mapper) throws IOException {
        this.records = new RecordReader(input, ',');
        this.reader = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        Parsed header = records.next();
        this.columns = header == null ? List.of() : header.fields();
        if (!columns.containsAll(REQUIRED)) {
            throw new IllegalArgumentException("does not begin with a header that has " + String.join(", ", REQUIRED));
        }
    }

    /**
     * Some records in the order of the file; both lists are empty at its end.
     *
     * @param lines where each sample stands
     */
    record Read(List<Sample> samples, List<Long> lines, List<Rejection> rejections) {

        int size() {
            return samples.size() + rejections.size();
        }
    }

    /** @param now milliseconds since 1970 */
    Read next(int maxRecords, long now) throws IOException {
        Read read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (read.size() < maxRecords) {
            Parsed parsed = records.next();
            if (parsed == null) {
                break;
            }
            add(parsed, read, now);
        }
        return read;
    }

    private void add(Parsed parsed, Read read, long now) {
        try {
            read.samples().add(SampleForm.read(toJson(parsed), now));
            read.lines().add(parsed.line());
        } catch (InvalidSample e) {
            read.rejections().add(new Rejection(parsed.line(), e.refusal(0).detail()));
        }
    }

    private ObjectNode toJson(Parsed parsed) {
        if (parsed.error() != null) {
            throw new InvalidSample("the record", parsed.error());
        }
        if (parsed.fields().size() != columns.size()) {
            throw new InvalidSample("the record", "has " + parsed.fields().size() + " fields, not " + columns.size());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            String field = FIELDS.get(columns.get(i));
            String value = parsed.fields().get(i);
            if (field != null && !value.isEmpty()) {
                put(json, field, value);
            }
        }
        return json;
    }

    private void put(ObjectNode json, String field, String value) {
        if (field.equals("streamId") || field.equals("timestamp")) {
            json.put(field, value);
            return;
        }
        try {
            json.set(field, reader.readTree(value));
        } catch (JsonProcessingException e) {
            json.put(field, value);
        }
    }
}
