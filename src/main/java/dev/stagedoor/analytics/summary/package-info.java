/**
 * Adds up: a stream, the streams of a creator, what is live now. {@link dev.stagedoor.analytics.summary.SummaryService} does.
 *
 * <p>What everybody may see holds nothing but what everybody may see of live streams anyway.
 */
package dev.stagedoor.analytics.summary;
