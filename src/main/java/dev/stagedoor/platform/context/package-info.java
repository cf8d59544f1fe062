/**
 * What work needs wherever it happens: ids, secrets, threads for what blocks.
 *
 * <p>It must not know HTTP, the database or any feature.
 */
package dev.stagedoor.platform.context;
