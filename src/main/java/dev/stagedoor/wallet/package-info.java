/**
 * Tokens: a double-entry ledger of accounts, transfers and entries; tips, grants and holds. Ledger is the main class.
 *
 * <p>It must not know what tokens are spent on; others hold and pay them through {@code api}.
 */
package dev.stagedoor.wallet;
