/**
 * The command that loads archives, for features that have a kind of them: see
 * {@link dev.stagedoor.platform.archive.ArchiveImporter}.
 *
 * <p>It must not know what archives hold.
 */
package dev.stagedoor.platform.archive;
