/**
 * The chat of a live stream: a channel that its viewers enter through the stream. StreamChatService is the main class.
 *
 * <p>Whether and how they may write is among the settings of the stream, which the statement that sends a message reads.
 */
package dev.stagedoor.chat.stream;
