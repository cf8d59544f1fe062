/**
 * What the service costs, compared with the nearest bare thing in the same run: {@code src/bench/run}, which starts
 * {@link dev.stagedoor.bench.Benchmarks}. Nothing here is part of the program, and none of it decides whether a build passes.
 */
package dev.stagedoor.bench;
