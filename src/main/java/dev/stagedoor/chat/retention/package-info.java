/**
 * Forgets messages that a channel keeps no longer, and people who are erased. Retention and Erasure are the main classes.
 *
 * <p>Retention takes from the beginning alone: what is left has no gaps. Of who is erased, tombstones stay.
 */
package dev.stagedoor.chat.retention;
