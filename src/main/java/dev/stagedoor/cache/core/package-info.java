/**
 * The cache's rules, in plain Java: when an entry may be served, who loads it, when it is loaded anew. The main class is
 * {@link dev.stagedoor.cache.core.CacheCore}. It must not know a framework, so that a model checker can run it.
 */
package dev.stagedoor.cache.core;
