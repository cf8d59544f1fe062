package dev.stagedoor.availability;

import java.time.Instant;

/** The smallest time that people say whether they can; the start belongs to it, the end does not. */
record Slot(Instant start, Instant end) {}
