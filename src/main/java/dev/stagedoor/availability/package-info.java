/**
 * Group events: whoever has the link says when they can, and all see when most can. GroupEventService is the main class.
 *
 * <p>An event keeps what clocks on the wall show; the moments of its slots follow from that, and are kept nowhere. Answers
 * are sets of positions in the list of slots.
 */
package dev.stagedoor.availability;
