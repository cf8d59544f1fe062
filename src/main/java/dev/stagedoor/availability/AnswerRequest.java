package dev.stagedoor.availability;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * When someone can; each field holds positions of slots, or pairs of them, from the first up to and without the second; or it
 * is a bitmap: base64 of a bit for each slot, the lowest of the first byte for the first one.
 */
record AnswerRequest(
        @Schema(required = true, type = SchemaType.ARRAY, implementation = Object.class, examples = "[0, 1, [4, 8]]")
        JsonNode yes,

        @Schema(type = SchemaType.ARRAY, implementation = Object.class, examples = "[[8, 10]]")
        JsonNode ifNeeded) {}
