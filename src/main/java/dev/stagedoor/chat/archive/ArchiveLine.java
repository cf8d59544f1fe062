package dev.stagedoor.chat.archive;

import java.time.Instant;

/**
 * One message of an archive.
 *
 * @param number of the file's line on which the record begins, from 1
 * @param text empty where the message was deleted
 */
record ArchiveLine(
        long number,
        String roomId,
        String roomUri,
        Instant sentAt,
        String userId,
        String username,
        String messageId,
        String text) {}
