/**
 * Booked time with a creator: holds, sessions and what was thought of them. SessionService is the main class, Session the
 * state machine.
 *
 * <p>It must not move tokens itself: it holds and settles them through {@link dev.stagedoor.wallet.api.TokenHolds}.
 */
package dev.stagedoor.creator.session;
