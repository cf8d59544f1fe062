/**
 * Tells of stored samples. {@link dev.stagedoor.analytics.push.SamplePushes} says when, {@link
 * dev.stagedoor.analytics.push.SampleTopics} what and to whom.
 *
 * <p>However many samples of a stream come, who watches it hears from a node once in a second.
 */
package dev.stagedoor.analytics.push;
