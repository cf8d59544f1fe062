/**
 * Servers and secrets for who has none: EmbeddedServers and GeneratedSecrets.
 *
 * <p>Never part of the native executable; nothing but the main class and tests may know it.
 */
package dev.stagedoor.platform.embedded;
