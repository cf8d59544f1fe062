package dev.stagedoor.realtime;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when what was written for a client goes to the system: after what the event loop has to do already, and in a burst,
 * all that comes within 50 ms together. To be used on the event loop only.
 *
 * <p>A burst is more than ten messages in 50 ms; what comes more slowly does not wait.
 */
public final class Flusher {

    /** What goes out together at most, in bytes: more does not wait. */
    static final int AT_ONCE = 64 << 10;

    private static final long WINDOW = Duration.ofMillis(50).toNanos();
    private static final int MESSAGES = 10;

    private final EventLoop eventLoop;
    private final LongSupplier nanoTime;
    private final Runnable flush;
    private final Runnable scheduled = this::flushScheduled;
    private int waiting;
    private boolean isScheduled;
    private boolean isInBurst;
    private long windowBegan;
    private int messagesInWindow;
    private long flushed;

    /** @param flush sends what was written since it was called last */
    public Flusher(EventLoop eventLoop, Runnable flush) {
        this(eventLoop, System::nanoTime, flush);
    }

    Flusher(EventLoop eventLoop, LongSupplier nanoTime, Runnable flush) {
        this.eventLoop = eventLoop;
        this.nanoTime = nanoTime;
        this.flush = flush;
        this.windowBegan = nanoTime.getAsLong() - WINDOW;
        this.flushed = windowBegan;
    }

    /** To be told of each message that is written, of so many bytes. */
    public void written(int bytes) {
        waiting += bytes;
        long now = nanoTime.getAsLong();
        count(now);
        if (waiting >= AT_ONCE) {
            flush();
        } else if (!isScheduled) {
            isScheduled = true;
            schedule(isInBurst ? flushed + WINDOW - now : 0);
        }
    }

    private void count(long now) {
        long age = now - windowBegan;
        if (age >= WINDOW) {
            isInBurst = isInBurst && messagesInWindow > MESSAGES && age < 2 * WINDOW;
            windowBegan = now;
            messagesInWindow = 0;
        }
        messagesInWindow++;
        isInBurst = isInBurst || messagesInWindow > MESSAGES;
    }

    private void schedule(long delay) {
        if (delay <= 0) {
            eventLoop.execute(scheduled);
        } else {
            Future<?> unused = eventLoop.schedule(scheduled, delay, TimeUnit.NANOSECONDS);
        }
    }

    /** Where much was sent meanwhile, what came since has its own time to wait. */
    private void flushScheduled() {
        isScheduled = false;
        long delay = isInBurst ? flushed + WINDOW - nanoTime.getAsLong() : 0;
        if (delay > 0 && waiting > 0) {
            isScheduled = true;
            schedule(delay);
        } else {
            flush();
        }
    }

    /** Sends at once what waits. */
    public void flush() {
        if (waiting > 0) {
            waiting = 0;
            flushed = nanoTime.getAsLong();
            flush.run();
        }
    }
}
