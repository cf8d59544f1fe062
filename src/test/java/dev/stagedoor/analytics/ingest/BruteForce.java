package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.Sums;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the sums of a stream must be: counted sample by sample, from the definition. */
final class BruteForce {

    private final long silence;
    private final TreeMap<Long, Sample> samples = new TreeMap<>();

    /** @param silence in milliseconds */
    BruteForce(long silence) {
        this.silence = silence;
    }

    /** Of one moment, the first counts. */
    void add(Sample sample) {
        Sample unused = samples.putIfAbsent(sample.at(), sample);
    }

    /** One unit of time. */
    private static final class Cell {
        private long viewerMillis;
        private long coveredMillis;
        private Integer viewersAtStart;
        private int samples;
        private long viewerSum;
        private Sample peak;
        private long chatMessages;

        private void count(Sample sample) {
            samples++;
            viewerSum += sample.viewerCount();
            chatMessages += sample.chatActivity();
            if (peak == null || sample.viewerCount() > peak.viewerCount()) {
                peak = sample;
            }
        }

        private Sums toSums(long start) {
            return new Sums(
                    Instant.ofEpochMilli(start),
                    viewerMillis,
                    coveredMillis,
                    viewersAtStart,
                    samples,
                    viewerSum,
                    peak == null ? null : Integer.valueOf(peak.viewerCount()),
                    peak == null ? null : Instant.ofEpochMilli(peak.at()),
                    chatMessages);
        }
    }

    /**
     * The sums by the beginnings of units, in milliseconds. For how long the number of the newest sample holds is not known.
     *
     * @param unit in milliseconds
     * @param end of the stream, or null
     */
    Map<Long, Sums> sums(long unit, Long end) {
        TreeMap<Long, Cell> cells = new TreeMap<>();
        for (Sample sample : samples.values()) {
            cells.computeIfAbsent(sample.at() / unit * unit, start -> new Cell())
                    .count(sample);
            Map.Entry<Long, Sample> next = samples.higherEntry(sample.at());
            if (next != null) {
                long until = Math.min(next.getKey(), sample.at() + silence);
                hold(cells, unit, sample, end == null ? until : Math.min(until, end));
            }
        }
        TreeMap<Long, Sums> sums = new TreeMap<>();
        cells.forEach((start, cell) -> sums.put(start, cell.toSums(start)));
        return sums;
    }

    private static void hold(Map<Long, Cell> cells, long unit, Sample sample, long until) {
        for (long start = sample.at() / unit * unit; start < until && sample.at() < until; start += unit) {
            Cell cell = cells.computeIfAbsent(start, key -> new Cell());
            long millis = Math.min(start + unit, until) - Math.max(start, sample.at());
            cell.coveredMillis += millis;
            cell.viewerMillis += millis * sample.viewerCount();
            if (sample.at() <= start) {
                cell.viewersAtStart = sample.viewerCount();
            }
        }
    }
}
