/**
 * Makes timelines, of streams from their sums and of channels from their messages. {@link
 * dev.stagedoor.analytics.timeline.TimelineService} and {@link dev.stagedoor.analytics.timeline.EngagementService} are the
 * places to begin.
 *
 * <p>Where nothing is known, a point has null and never 0.
 */
package dev.stagedoor.analytics.timeline;
