package dev.stagedoor.analytics.archive;

import dev.stagedoor.analytics.Sample;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Samples as CSV (RFC 4180), with a header; the splits of viewers are JSON. */
final class CsvForm {

    static final String HEADER =
            "stream_id,timestamp,viewer_count,chat_activity,bitrate_kbps,dropped_frames,country,device\n";

    private CsvForm() {}

    /** A line for each. */
    static String lines(List<Sample> samples) {
        return samples.stream().map(CsvForm::line).collect(Collectors.joining());
    }

    private static String line(Sample sample) {
        return Stream.of(
                        sample.streamId(),
                        Instant.ofEpochMilli(sample.at()),
                        sample.viewerCount(),
                        sample.chatActivity(),
                        sample.bitrateKbps(),
                        sample.droppedFrames(),
                        quoted(sample.countries()),
                        quoted(sample.devices()))
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String json) {
        return json == null ? null : "\"" + json.replace("\"", "\"\"") + "\"";
    }
}
