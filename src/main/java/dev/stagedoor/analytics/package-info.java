/**
 * How many watch and chat in live streams: {@link dev.stagedoor.analytics.SampleService} stores samples and keeps sums of
 * them, {@link dev.stagedoor.analytics.TimelineService} makes timelines of the sums.
 *
 * <p>It must not read samples where sums will do: those are kept for weeks, these for ever.
 */
package dev.stagedoor.analytics;
