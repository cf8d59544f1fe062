package dev.stagedoor.realtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Signals that came lately: one that Redis was slow to take comes over PostgreSQL as well. */
final class HeardSignals {

    /** More than come while a write to Redis is waited for. */
    private static final int KEPT = 10_000;

    private final Set<String> ids = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    });

    /** Whether it comes for the first time. */
    synchronized boolean add(String id) {
        return ids.add(id);
    }
}
