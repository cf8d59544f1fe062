/**
 * Keeps order in channels: roles, bans, mutes, slow mode, words that are not allowed, reports. ModerationService is the main
 * class.
 *
 * <p>Whatever a moderator does is on record, in the same transaction; nobody acts on who is their equal.
 */
package dev.stagedoor.chat.moderation;
