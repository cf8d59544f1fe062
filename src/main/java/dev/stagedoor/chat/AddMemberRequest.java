package dev.stagedoor.chat;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record AddMemberRequest(
        @Schema(description = "The caller, where absent") UUID userId) {}
