/**
 * Channels, who is in them, and what is said. ChannelService and MessageService are the main classes.
 *
 * <p>Whoever is not in a channel must not learn what is said there, nor that a private one exists.
 */
package dev.stagedoor.chat;
