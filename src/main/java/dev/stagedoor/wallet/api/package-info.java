/**
 * What other features do with tokens: hold them for someone and settle that, as
 * {@link dev.stagedoor.wallet.api.TokenHolds}.
 *
 * <p>It must not lead to anything stored.
 */
package dev.stagedoor.wallet.api;
