/**
 * What other features do with creators: book time that one has agreed to, as
 * {@link dev.stagedoor.creator.api.AgreedSessions}.
 *
 * <p>It must not lead to anything stored.
 */
package dev.stagedoor.creator.api;
