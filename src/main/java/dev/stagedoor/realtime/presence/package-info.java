/**
 * Who is present in a topic and how many listen to it, on all nodes together, though nodes die:
 * {@link dev.stagedoor.realtime.presence.Presence} and {@link dev.stagedoor.realtime.presence.Occupancy}.
 *
 * <p>It must not know connections, only that they come and go.
 */
package dev.stagedoor.realtime.presence;
