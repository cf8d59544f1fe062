package dev.stagedoor.chat.search;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of a snippet that was looked for, in UTF-16 code units, as JavaScript counts them.
 *
 * @param end exclusive
 */
@RegisterForReflection
@Schema(name = "Highlight")
record HighlightView(
        @Schema(required = true, examples = "0") int start,
        @Schema(required = true, examples = "7") int end) {

    HighlightView upTo(int other) {
        return new HighlightView(start, Math.max(end, other));
    }
}
