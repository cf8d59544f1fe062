/**
 * Makes and drops the months of samples; {@link dev.stagedoor.analytics.retention.Partitions} does, on one node at a time.
 *
 * <p>It never touches a sum.
 */
package dev.stagedoor.analytics.retention;
