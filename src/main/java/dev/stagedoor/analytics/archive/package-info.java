/**
 * Gives out samples as files, and loads such files: {@link dev.stagedoor.analytics.archive.ExportService} and {@link
 * dev.stagedoor.analytics.archive.SampleArchives}.
 *
 * <p>However large a file is, some thousand samples of it are in memory.
 */
package dev.stagedoor.analytics.archive;
