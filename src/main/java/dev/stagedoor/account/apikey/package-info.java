/**
 * Credentials of machines. ApiKeyService makes them, ApiKeyAuthentication knows them again.
 *
 * <p>A key can never do more than its owner, and never make another key.
 */
package dev.stagedoor.account.apikey;
