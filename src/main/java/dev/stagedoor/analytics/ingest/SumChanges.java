package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What fresh samples change in the sums of streams: those of minutes, and those of hours and days that are over. An hour is
 * over once the newest sample of the stream is of a later one, and so is a day.
 *
 * <p>A number holds until the next sample, for the time of silence at most, and not beyond the end of the stream; that of the
 * newest sample is in no sum yet. So what a fresh sample changes lies between its neighbours: its own number holds from there
 * on, and that of the sample before it no longer does. Times are milliseconds and all sums are integers: the order in which
 * samples come is of no consequence.
 */
final class SumChanges {

    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private final long silence;
    private final Map<Key, Change> minutes = new HashMap<>();
    private final Map<UUID, Long> newest = new HashMap<>();

    /** @param silence in milliseconds */
    SumChanges(long silence) {
        this.silence = silence;
    }

    /** A sum: {@code start} is where its time begins, in milliseconds since 1970. */
    record Key(UUID streamId, long start) {}

    /** A sample that is there already. */
    record Known(long at, int viewers) {}

    /** What is added to one sum. */
    static final class Change {

        private final Key key;
        private long viewerMillis;
        private long coveredMillis;
        private Integer viewersAtStart;
        private int samples;
        private long viewerSum;
        private Integer peakViewers;
        private Long peakAt;
        private long chatMessages;

        private Change(Key key) {
            this.key = key;
        }

        private void count(Sample sample) {
            samples++;
            viewerSum += sample.viewerCount();
            chatMessages += sample.chatActivity();
            peak(sample.viewerCount(), sample.at());
        }

        /** Of as many viewers, the earliest. */
        private void peak(Integer viewers, Long at) {
            if (viewers != null
                    && (peakViewers == null || viewers > peakViewers || (viewers.equals(peakViewers) && at < peakAt))) {
                peakViewers = viewers;
                peakAt = at;
            }
        }

        private void hold(long viewers, long since, long until, int sign) {
            viewerMillis += sign * viewers * (until - since);
            coveredMillis += sign * (until - since);
            if (sign > 0 && since == key.start()) {
                viewersAtStart = (int) viewers;
            }
        }

        private void add(Change part) {
            viewerMillis += part.viewerMillis;
            coveredMillis += part.coveredMillis;
            samples += part.samples;
            viewerSum += part.viewerSum;
            chatMessages += part.chatMessages;
            peak(part.peakViewers, part.peakAt);
            if (part.key.start() == key.start()) {
                viewersAtStart = part.viewersAtStart;
            }
        }

        Key key() {
            return key;
        }

        long viewerMillis() {
            return viewerMillis;
        }

        int coveredMillis() {
            return Math.toIntExact(coveredMillis);
        }

        /** Null where that does not change. */
        Integer viewersAtStart() {
            return viewersAtStart;
        }

        int samples() {
            return samples;
        }

        long viewerSum() {
            return viewerSum;
        }

        /** Null where there is no fresh sample. */
        Integer peakViewers() {
            return peakViewers;
        }

        /** Null where there is no fresh sample; else in milliseconds since 1970. */
        Long peakAt() {
            return peakAt;
        }

        long chatMessages() {
            return chatMessages;
        }
    }

    /**
     * Adds what the fresh samples of one stream change.
     *
     * @param fresh in order of time; none of them is known
     * @param known in order of time: those around each fresh one, as far as the time of silence goes, and last the newest
     * @param end of the stream in milliseconds, or null
     */
    void add(UUID streamId, List<Sample> fresh, List<Known> known, Long end) {
        if (!known.isEmpty()) {
            newest.put(streamId, known.get(known.size() - 1).at());
        }
        int after = 0;
        for (int i = 0; i < fresh.size(); i++) {
            Sample sample = fresh.get(i);
            while (after < known.size() && known.get(after).at() < sample.at()) {
                after++;
            }
            Long nextFresh = i + 1 < fresh.size() ? fresh.get(i + 1).at() : null;
            Long nextKnown = after < known.size() ? known.get(after).at() : null;
            minute(streamId, sample.at()).count(sample);
            hold(streamId, sample, earlier(nextFresh, nextKnown), end);
            boolean followsKnown = after > 0
                    && (i == 0 || fresh.get(i - 1).at() < known.get(after - 1).at());
            if (followsKnown) {
                shorten(streamId, known.get(after - 1), sample.at(), nextKnown, end);
            }
        }
    }

    private static Long earlier(Long one, Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    /** @param next sample of any kind; null for the newest, which is in no sum */
    private void hold(UUID streamId, Sample sample, Long next, Long end) {
        if (next != null) {
            hold(streamId, sample.viewerCount(), sample.at(), until(sample.at(), next, end), 1);
        }
    }

    /**
     * A known number holds until a fresh sample now.
     *
     * @param next known sample, until which it held before; null for the newest, which was in no sum
     */
    private void shorten(UUID streamId, Known before, long fresh, Long next, Long end) {
        long until = until(before.at(), fresh, end);
        if (next == null) {
            hold(streamId, before.viewers(), before.at(), until, 1);
        } else {
            hold(streamId, before.viewers(), until, until(before.at(), next, end), -1);
        }
    }

    private long until(long at, long next, Long end) {
        long until = Math.min(next, at + silence);
        return end == null ? until : Math.min(until, end);
    }

    private void hold(UUID streamId, int viewers, long since, long until, int sign) {
        long from = since;
        while (from < until) {
            Change minute = minute(streamId, from);
            long to = Math.min(minute.key().start() + MINUTE, until);
            minute.hold(viewers, from, to, sign);
            from = to;
        }
    }

    private Change minute(UUID streamId, long at) {
        return minutes.computeIfAbsent(new Key(streamId, floor(at, MINUTE)), Change::new);
    }

    Collection<Change> minutes() {
        return minutes.values();
    }

    /** Of those that were over before. */
    Collection<Change> hours() {
        return rolledUp(HOUR);
    }

    /** Of those that were over before; days are those of UTC. */
    Collection<Change> days() {
        return rolledUp(DAY);
    }

    private Collection<Change> rolledUp(long unit) {
        Map<Key, Change> sums = new HashMap<>();
        minutes.forEach((key, minute) -> {
            long start = floor(key.start(), unit);
            Long at = newest.get(key.streamId());
            if (at != null && start < floor(at, unit)) {
                sums.computeIfAbsent(new Key(key.streamId(), start), Change::new)
                        .add(minute);
            }
        });
        return sums.values();
    }

    /** The beginning of the unit that a moment is in. */
    static long floor(long at, long unit) {
        return at - at % unit;
    }
}
