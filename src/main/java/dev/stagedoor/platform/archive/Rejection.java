package dev.stagedoor.platform.archive;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A record that was left out. */
@Schema(name = "Rejection")
public record Rejection(
        @Schema(required = true, examples = "17", description = "The file's line on which the record begins, from 1")
        long line,

        @Schema(required = true, examples = "has 3 fields, not 7")
        String reason) {}
