package dev.stagedoor.analytics.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.platform.http.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Reads batches of samples: an array of JSON, or NDJSON. What is wrong with one sample leaves the others alone. */
@ApplicationScoped
class SampleReader {

    static final int MAX_SAMPLES = 2_000;

    /** Of JSON in one body: of the smallest that there are, 10 MB would take hundreds in memory. */
    private static final long MAX_TOKENS = 1_000_000;

    private final ObjectReader json;
    private final Clock clock;

    SampleReader(Clock clock) {
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build();
        this.json = new ObjectMapper(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.clock = clock;
    }

    /**
     * What a batch holds.
     *
     * @param indexes the place of each sample in the batch
     */
    record Batch(List<Sample> samples, List<Integer> indexes, List<Refusal> refusals) {

        private Batch() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        int size() {
            return samples.size() + refusals.size();
        }
    }

    /** Fails with 400 where the body is no array of JSON, and with 413 where it has too many samples. */
    Batch readArray(byte[] body) {
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw malformed("The body is not an array of samples");
            }
            Batch batch = new Batch();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                addNext(parser, batch);
            }
            if (parser.nextToken() != null) {
                throw malformed("Something follows the array of samples");
            }
            return batch;
        } catch (IOException e) {
            throw malformed("The body is not valid JSON");
        }
    }

    private void addNext(JsonParser parser, Batch batch) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            add(parser.readValueAsTree(), batch);
        } else {
            parser.skipChildren();
            requireRoom(batch);
            batch.refusals().add(Refusal.invalid(batch.size(), "the sample", "must be an object"));
        }
    }

    private static void requireRoom(Batch batch) {
        if (batch.size() == MAX_SAMPLES) {
            throw new ApiException(413, "too-many-samples", "A batch has at most " + MAX_SAMPLES + " samples");
        }
    }

    private static ApiException malformed(String detail) {
        return new ApiException(400, "malformed-request", detail);
    }

    /** Blank lines are none; a line that is not JSON is refused alone. Fails with 413 where there are too many. */
    Batch readLines(byte[] body) {
        Batch batch = new Batch();
        int begin = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                readLine(body, begin, i - begin, batch);
                begin = i + 1;
            }
        }
        return batch;
    }

    private void readLine(byte[] body, int begin, int length, Batch batch) {
        if (isBlank(body, begin, length)) {
            return;
        }
        try {
            add(json.readTree(body, begin, length), batch);
        } catch (JsonProcessingException e) {
            requireRoom(batch);
            batch.refusals().add(Refusal.invalid(batch.size(), "the line", "is not one JSON object"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isBlank(byte[] body, int begin, int length) {
        for (int i = begin; i < begin + length; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void add(JsonNode node, Batch batch) {
        requireRoom(batch);
        int index = batch.size();
        try {
            batch.samples().add(SampleForm.read(node, clock.millis()));
            batch.indexes().add(index);
        } catch (InvalidSample e) {
            batch.refusals().add(e.refusal(index));
        }
    }
}
