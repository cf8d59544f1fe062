/**
 * Users whose time can be booked: who they are, what their time costs, and when it is free.
 * {@link dev.stagedoor.creator.CreatorService} is the main class; {@link dev.stagedoor.creator.Schedule} knows the hours.
 *
 * <p>It must not write sessions or ratings: those belong to {@code session}, and their counts to triggers.
 */
package dev.stagedoor.creator;
