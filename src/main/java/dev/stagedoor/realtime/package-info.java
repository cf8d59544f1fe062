/**
 * What happens reaches clients: changes write events to the {@link dev.stagedoor.realtime.Outbox} in their transaction,
 * the {@link dev.stagedoor.realtime.Hub} of every node gives them to its connections, in order and without gaps.
 *
 * <p>It must not know any feature, nor how a door speaks to its clients.
 */
package dev.stagedoor.realtime;
