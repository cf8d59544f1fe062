/**
 * Takes samples and keeps their sums exact, in whatever order they come. {@link
 * dev.stagedoor.analytics.ingest.MetricsResource} is the way in, {@link dev.stagedoor.analytics.ingest.SampleWriter} stores.
 *
 * <p>All that a sample changes is written in its transaction; nobody but this package writes samples or sums.
 */
package dev.stagedoor.analytics.ingest;
