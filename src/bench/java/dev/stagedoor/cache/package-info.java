/** Measures the cache from within: MixedLoad. */
package dev.stagedoor.cache;
