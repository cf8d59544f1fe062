/**
 * Signing in by password, or with the tokens of another issuer. SignInService is the main class.
 *
 * <p>Nothing here may log, store or return a password or a token, except to whom it belongs.
 */
package dev.stagedoor.account.signin;
