/**
 * Meters of requests and queries, fed by Vert.x itself.
 *
 * <p>No label may hold what a caller can choose.
 */
package dev.stagedoor.platform.metrics;
