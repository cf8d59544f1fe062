/**
 * Answers that are ready to be sent, in this process and in Redis, with a fence against stale ones. The main class is
 * {@link dev.stagedoor.cache.Caches}; the rules are in {@code core}. It must not know a feature.
 */
package dev.stagedoor.cache;
