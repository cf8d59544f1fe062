/**
 * Users: who they are and what others may know of them. {@link dev.stagedoor.account.UserService} is the main class.
 *
 * <p>It knows nothing of how anyone signs in; that is {@code signin} and {@code apikey}, which build on it.
 */
package dev.stagedoor.account;
