/**
 * WebSockets as the doors need them: bounded, watched, closed in steps; main class
 * {@link dev.stagedoor.realtime.socket.Sockets}.
 *
 * <p>It must not know what is said over them.
 */
package dev.stagedoor.realtime.socket;
