/**
 * The door of Server-Sent Events: {@code GET /api/v1/sse?channels=a,b}; main class
 * {@link dev.stagedoor.realtime.sse.SseDoor}.
 *
 * <p>It must not know the database, nor any other door.
 */
package dev.stagedoor.realtime.sse;
