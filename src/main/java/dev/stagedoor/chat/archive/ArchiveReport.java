package dev.stagedoor.chat.archive;

import dev.stagedoor.platform.archive.Rejection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of an archive.
 *
 * @param records in the file, good and bad
 * @param messages that are new
 * @param repeated messages that stood in the file before, or were here already
 * @param channels that are new
 * @param users that are new
 * @param rejected records that were left out
 * @param rejections the first of these
 */
@RegisterForReflection
@Schema(name = "ArchiveReport")
public record ArchiveReport(
        @Schema(required = true, examples = "9645") long records,
        @Schema(required = true, examples = "9537") long messages,
        @Schema(required = true, examples = "108") long repeated,
        @Schema(required = true, examples = "1") long channels,
        @Schema(required = true, examples = "506") long users,
        @Schema(required = true, examples = "0") long rejected,
        @Schema(required = true) List<Rejection> rejections) {}
