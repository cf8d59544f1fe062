package dev.stagedoor.chat;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a channel is to a member; what is absent stays as it is.
 *
 * @param muted null where it stays
 * @param pinned null where it stays
 */
record UpdateMembershipRequest(
        @Schema(nullable = true, description = "Whether clients should keep silent about new messages")
        Boolean muted,

        @Schema(nullable = true, description = "Whether the channel comes before others in the list")
        Boolean pinned) {}
