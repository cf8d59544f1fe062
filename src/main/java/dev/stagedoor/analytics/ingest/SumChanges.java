package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What fresh samples change in the sums of streams: the minutes, and which hours and days are to be summed up again. Those
 * are only once they are over, which is when the newest sample of the stream is of a later one.
 *
 * <p>A number holds until the next sample, for the time of silence at most, and not beyond the end of the stream; that of the
 * newest sample is in no sum yet. So what a fresh sample changes lies between its neighbours: its own number holds from there
 * on, and that of the sample before it no longer does. Times are milliseconds and all sums are integers: the order in which
 * samples come is of no consequence.
 */
final class SumChanges {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final long silence;
    private final Map<Period, Change> minutes = new HashMap<>();
    private final Map<UUID, Long> newestBefore = new HashMap<>();
    private final Map<UUID, Long> newestAfter = new HashMap<>();

    /** @param silence in milliseconds */
    SumChanges(long silence) {
        this.silence = silence;
    }

    /** A sum: {@code start} is where its time begins, in milliseconds since 1970. */
    record Period(UUID streamId, long start) {}

    /** A sample that is there already. */
    record Known(long at, int viewers) {}

    /** What is added to one sum. */
    static final class Change {

        private final Period period;
        private long viewerMillis;
        private long coveredMillis;
        private Integer viewersAtStart;
        private int samples;
        private long viewerSum;
        private Integer peakViewers;
        private Long peakAt;
        private long chatMessages;

        private Change(Period period) {
            this.period = period;
        }

        private void count(Sample sample) {
            samples++;
            viewerSum += sample.viewerCount();
            chatMessages += sample.chatActivity();
            peak(sample.viewerCount(), sample.at());
        }

        /** Of as many viewers, the earliest. */
        private void peak(int viewers, long at) {
            if (peakViewers == null || viewers > peakViewers || (viewers == peakViewers && at < peakAt)) {
                peakViewers = viewers;
                peakAt = at;
            }
        }

        private void hold(long viewers, long since, long until, int sign) {
            viewerMillis += sign * viewers * (until - since);
            coveredMillis += sign * (until - since);
            if (sign > 0 && since == period.start()) {
                viewersAtStart = (int) viewers;
            }
        }

        Period period() {
            return period;
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
        noteNewest(streamId, fresh.get(fresh.size() - 1).at(), known);
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

    private void noteNewest(UUID streamId, long lastFresh, List<Known> known) {
        if (known.isEmpty()) {
            newestAfter.put(streamId, lastFresh);
        } else {
            long lastKnown = known.get(known.size() - 1).at();
            newestBefore.put(streamId, lastKnown);
            newestAfter.put(streamId, Math.max(lastKnown, lastFresh));
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
            long to = Math.min(minute.period().start() + MINUTE, until);
            minute.hold(viewers, from, to, sign);
            from = to;
        }
    }

    private Change minute(UUID streamId, long at) {
        return minutes.computeIfAbsent(new Period(streamId, floor(at, MINUTE)), Change::new);
    }

    Collection<Change> minutes() {
        return minutes.values();
    }

    /** Hours that are over, and are to be summed up. */
    Set<Period> hours() {
        return over(HOUR);
    }

    /** Days of UTC that are over, and are to be summed up. */
    Set<Period> days() {
        return over(DAY);
    }

    /** Those that change, and what was open before. */
    private Set<Period> over(long unit) {
        Set<Period> over = new HashSet<>();
        minutes.keySet().forEach(minute -> addIfOver(minute.streamId(), minute.start(), unit, over));
        newestBefore.forEach((streamId, at) -> addIfOver(streamId, at, unit, over));
        return over;
    }

    private void addIfOver(UUID streamId, long at, long unit, Set<Period> over) {
        long start = floor(at, unit);
        if (start < floor(newestAfter.get(streamId), unit)) {
            over.add(new Period(streamId, start));
        }
    }

    /** The beginning of the unit that a moment is in. */
    private static long floor(long at, long unit) {
        return at - at % unit;
    }
}
