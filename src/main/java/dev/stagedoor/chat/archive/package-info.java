/**
 * Loads chat archives of any size. ArchiveImport is the main class.
 *
 * <p>It holds some thousand records at a time and leaves sorting and finding duplicates to PostgreSQL.
 */
package dev.stagedoor.chat.archive;
