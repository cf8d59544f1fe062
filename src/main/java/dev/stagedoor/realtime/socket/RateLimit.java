package dev.stagedoor.realtime.socket;

/** So many at once, and so many a second after that. */
public final class RateLimit {

    private static final double NANOS = 1e9;

    private final int burst;
    private final double perSecond;
    private double left;
    private long filledAt;

    public RateLimit(int burst, double perSecond, long now) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.left = burst;
        this.filledAt = now;
    }

    /** Whether one more may be, at this time in nanoseconds. */
    public boolean allows(long now) {
        left = Math.min(burst, left + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
