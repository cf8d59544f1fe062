/**
 * What other features may know of live streams, and hear of them: {@link dev.stagedoor.livestream.api.LiveStreamListener}.
 *
 * <p>It must not do anything.
 */
package dev.stagedoor.livestream.api;
