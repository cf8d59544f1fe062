package dev.stagedoor.analytics;

import java.time.Instant;

/**
 * Sums over the samples of some time; {@code metrics_minute} says what each is.
 *
 * @param start when the time begins
 * @param viewersAtStart null where no number held then
 * @param peakViewers null where there is no sample
 * @param peakAt null where there is no sample
 */
public record Sums(
        Instant start,
        long viewerMillis,
        long coveredMillis,
        Integer viewersAtStart,
        int samples,
        long viewerSum,
        Integer peakViewers,
        Instant peakAt,
        long chatMessages) {

    public static Sums none(Instant start) {
        return new Sums(start, 0, 0, null, 0, 0, null, null, 0);
    }

    /** These and those of another part of the same time. */
    public Sums plus(Sums part) {
        boolean isHigher = part.peakViewers != null
                && (peakViewers == null
                        || part.peakViewers > peakViewers
                        || (part.peakViewers.equals(peakViewers) && part.peakAt.isBefore(peakAt)));
        return new Sums(
                start,
                viewerMillis + part.viewerMillis,
                coveredMillis + part.coveredMillis,
                part.start.equals(start) && part.viewersAtStart != null ? part.viewersAtStart : viewersAtStart,
                samples + part.samples,
                viewerSum + part.viewerSum,
                isHigher ? part.peakViewers : peakViewers,
                isHigher ? part.peakAt : peakAt,
                chatMessages + part.chatMessages);
    }

    /** With a number that held in some of this time. */
    public Sums holding(int viewers, Instant from, Instant until) {
        long millis = until.toEpochMilli() - from.toEpochMilli();
        return new Sums(
                start,
                viewerMillis + viewers * millis,
                coveredMillis + millis,
                from.equals(start) ? Integer.valueOf(viewers) : viewersAtStart,
                samples,
                viewerSum,
                peakViewers,
                peakAt,
                chatMessages);
    }

    /** Each number weighted with how long it held; null where none did. */
    public Double avgViewers() {
        return coveredMillis == 0 ? null : (double) viewerMillis / coveredMillis;
    }

    /** The mean of the samples, however long each held; null where there is none. */
    public Double meanSample() {
        return samples == 0 ? null : (double) viewerSum / samples;
    }

    /** By all viewers together. */
    public double minutesWatched() {
        return viewerMillis / 60_000.0;
    }

    /** Null where neither a sample nor the chat of the stream says anything of the time. */
    public Long knownChatMessages() {
        return isKnown() || chatMessages > 0 ? Long.valueOf(chatMessages) : null;
    }

    /** Whether anything is known of viewers. */
    public boolean isKnown() {
        return samples > 0 || coveredMillis > 0;
    }

    /** With what was said in the chat of the stream, besides what samples report. */
    public Sums chatting(long messages) {
        return plus(new Sums(Instant.MAX, 0, 0, null, 0, 0, null, null, messages));
    }

    /** With this number among those that the peak is of. */
    public Sums peaking(Integer viewers, Instant at) {
        return plus(new Sums(Instant.MAX, 0, 0, null, 0, 0, viewers, at, 0));
    }
}
