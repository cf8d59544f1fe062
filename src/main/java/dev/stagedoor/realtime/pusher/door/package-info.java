/**
 * Sockets of Pusher clients: {@link dev.stagedoor.realtime.pusher.door.PusherDoor} takes them, each is a client from then on.
 *
 * <p>It must not know the database.
 */
package dev.stagedoor.realtime.pusher.door;
