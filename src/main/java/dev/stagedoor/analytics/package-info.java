/**
 * How many watch and chat in live streams: what its parts have in common.
 *
 * <p>Samples come in by {@code ingest}, which keeps sums of them; {@code timeline} and {@code summary} read the sums, and
 * {@code archive} the samples. They must not read samples where sums will do: those are kept for weeks, these for ever.
 */
package dev.stagedoor.analytics;
