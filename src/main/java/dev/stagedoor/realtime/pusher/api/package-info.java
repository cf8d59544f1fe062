/**
 * What servers of an app ask for over HTTP, and the signatures that clients of our own ask for:
 * {@link dev.stagedoor.realtime.pusher.api.PusherApiResource}.
 *
 * <p>It must not know sockets.
 */
package dev.stagedoor.realtime.pusher.api;
