/**
 * What every user of Redis needs: a {@link dev.stagedoor.platform.redis.KeptConnection} that nobody waits for, and scripts.
 *
 * <p>It must not know what is kept there.
 */
package dev.stagedoor.platform.redis;
