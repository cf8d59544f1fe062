/**
 * What other features know of accounts: who calls and what they may do, as {@link dev.stagedoor.account.api.Caller} and
 * {@link dev.stagedoor.account.api.Scopes}.
 *
 * <p>It must not lead to anything stored.
 */
package dev.stagedoor.account.api;
