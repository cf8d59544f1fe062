package dev.stagedoor.analytics.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.platform.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a sample looks like in JSON; fields that are not known are not read. */
public final class SampleForm {

    private static final Duration MAX_AHEAD = Duration.ofHours(1);

    /** Of a thousand days of it, the milliseconds still are a number of 64 bits. */
    private static final int MAX_VIEWERS = 100_000_000;

    private static final int UUID_LENGTH = 36;
    private static final int MAX_KEYS = 300;
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern DEVICE = Pattern.compile("[a-z0-9_-]{1,32}");

    private SampleForm() {}

    /**
     * A sample; fails with an {@link InvalidSample}.
     *
     * @param now milliseconds since 1970
     */
    public static Sample read(JsonNode node, long now) {
        if (!node.isObject()) {
            throw new InvalidSample("the sample", "must be an object");
        }
        return new Sample(
                streamId(node.path("streamId")),
                at(node.path("timestamp"), now),
                viewers(node.path("viewerCount")),
                count(node.path("chatActivity"), "chatActivity"),
                optionalCount(node.path("bitrateKbps"), "bitrateKbps"),
                optionalCount(node.path("droppedFrames"), "droppedFrames"),
                split(node.path("country"), "country", COUNTRY),
                split(node.path("device"), "device", DEVICE));
    }

    private static UUID streamId(JsonNode value) {
        try {
            return UUID.fromString(requireLength(value.textValue()));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new InvalidSample("streamId", "must be a UUID");
        }
    }

    /** Java reads shorter ones, too. */
    private static String requireLength(String text) {
        if (text.length() != UUID_LENGTH) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static long at(JsonNode value, long now) {
        long at = millis(value);
        if (at < 0) {
            throw new InvalidSample(Refusal.Reason.BEFORE_START);
        }
        if (at > now + MAX_AHEAD.toMillis()) {
            throw new InvalidSample(Refusal.Reason.IN_FUTURE);
        }
        return at;
    }

    private static long millis(JsonNode value) {
        try {
            return Rfc3339.parse(value.textValue()).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException | NullPointerException e) {
            throw new InvalidSample("timestamp", "must be a time as of RFC 3339");
        }
    }

    private static int viewers(JsonNode value) {
        int viewers = count(value, "viewerCount");
        if (viewers > MAX_VIEWERS) {
            throw new InvalidSample("viewerCount", "must be at most " + MAX_VIEWERS);
        }
        return viewers;
    }

    private static int count(JsonNode value, String field) {
        requireCount(value, field);
        return value.intValue();
    }

    private static void requireCount(JsonNode value, String field) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new InvalidSample(field, "must be an integer from 0 to " + Integer.MAX_VALUE);
        }
    }

    private static Integer optionalCount(JsonNode value, String field) {
        return isAbsent(value) ? null : Integer.valueOf(count(value, field));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** How the viewers are split, as JSON; the numbers need not add up, since not all are known. */
    private static String split(JsonNode value, String field, Pattern key) {
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isObject() || value.size() > MAX_KEYS) {
            throw new InvalidSample(field, "must be an object of up to " + MAX_KEYS + " numbers");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!key.matcher(entry.getKey()).matches()) {
                throw new InvalidSample(field, "must have keys of the form " + key);
            }
            requireCount(entry.getValue(), field + "." + entry.getKey());
        }
        return value.toString();
    }
}
