package dev.stagedoor.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Samples of many streams, one after the other, five seconds apart in each: as collectors send them. */
final class Samples {

    private static final long STEP_MILLIS = 5_000;
    private static final int MAX_VIEWERS = 5_000;

    private final List<UUID> streamIds;
    private final Instant begin;
    private long next;

    Samples(List<UUID> streamIds, Instant begin) {
        this.streamIds = streamIds;
        this.begin = begin.truncatedTo(ChronoUnit.MILLIS);
    }

    static List<UUID> newStreams(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID());
        }
        return ids;
    }

    private record Sample(UUID streamId, Instant at, long viewers) {}

    private Sample next() {
        long number = next++;
        return new Sample(
                streamIds.get((int) (number % streamIds.size())),
                begin.plusMillis(number / streamIds.size() * STEP_MILLIS),
                number * 7_919 % MAX_VIEWERS);
    }

    /** A request that stores the next ones. */
    byte[] request(int samples, String authorization) {
        StringBuilder body = new StringBuilder(samples * 130).append('[');
        for (int i = 0; i < samples; i++) {
            Sample sample = next();
            body.append(i == 0 ? "{\"streamId\":\"" : ",{\"streamId\":\"")
                    .append(sample.streamId())
                    .append("\",\"timestamp\":\"")
                    .append(sample.at())
                    .append("\",\"viewerCount\":")
                    .append(sample.viewers())
                    .append(",\"chatActivity\":3}");
        }
        body.append(']');
        return ("POST /api/v1/metrics/batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The next ones, as COPY reads them: stream, time, viewers, messages. */
    byte[] copyText(int samples) {
        StringBuilder text = new StringBuilder(samples * 80);
        for (int i = 0; i < samples; i++) {
            Sample sample = next();
            text.append(sample.streamId())
                    .append('\t')
                    .append(sample.at())
                    .append('\t')
                    .append(sample.viewers())
                    .append("\t3\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The values of an INSERT of the next ones. */
    String values(int samples) {
        StringBuilder values = new StringBuilder(samples * 90);
        for (int i = 0; i < samples; i++) {
            Sample sample = next();
            values.append(i == 0 ? "('" : ",('")
                    .append(sample.streamId())
                    .append("','")
                    .append(sample.at())
                    .append("',")
                    .append(sample.viewers())
                    .append(')');
        }
        return values.toString();
    }
}
