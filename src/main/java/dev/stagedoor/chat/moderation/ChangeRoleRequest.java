package dev.stagedoor.chat.moderation;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record ChangeRoleRequest(@Schema(required = true) @NotNull Role role) {}
