package dev.stagedoor.cache.core;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each tag was last touched, on a clock of this node's own that counts touches.
 *
 * <p>A load notes the clock before it reads the database; what it read is served only while none of its tags was touched
 * since. Tags share {@value #SLOTS} slots by their hash: memory is bounded, a touch costs the same whatever the number of
 * entries, and two tags of one slot (1 in 65,536) merely invalidate each other.
 */
public final class Fence {

    public static final int SLOTS = 1 << 16;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLongArray touched = new AtomicLongArray(SLOTS);
    private final AtomicLong allTouched = new AtomicLong();

    /** The slot of a tag, the same on every node and in every version. */
    public static int slot(String tag) {
        int hash = tag.hashCode() * 0x9E3779B9;
        return hash >>> 16;
    }

    /** What a load notes before it reads. */
    long now() {
        return clock.get();
    }

    /** Invalidates whatever has one of these slots; call it after the change is visible to every load that starts now. */
    synchronized void touch(int[] slots) {
        long at = clock.get() + 1;
        for (int slot : slots) {
            touched.set(slot, at);
        }
        // Last: a load that notes it finds every entry invalid that it might be made of.
        clock.set(at);
    }

    /** Invalidates everything. */
    synchronized void touchAll() {
        long at = clock.get() + 1;
        allTouched.set(at);
        clock.set(at);
    }

    /** Whether none of the slots was touched after {@code noted}. */
    boolean standsSince(long noted, int[] slots) {
        if (allTouched.get() > noted) {
            return false;
        }
        for (int slot : slots) {
            if (touched.get(slot) > noted) {
                return false;
            }
        }
        return true;
    }
}
