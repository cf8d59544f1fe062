/**
 * The door for Pusher Channels clients, protocol 7: its apps are {@link dev.stagedoor.realtime.pusher.PusherApps}; {@code
 * door} has the sockets, {@code api} what goes over HTTP, {@code webhook} what servers are told.
 *
 * <p>It must not know what our own topics mean: who may listen to them is for their features to say.
 */
package dev.stagedoor.realtime.pusher;
