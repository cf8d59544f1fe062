package dev.stagedoor.wallet;

import dev.stagedoor.wallet.Books.Entry;
import dev.stagedoor.wallet.Transfer.Leg;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A line of a user's account. */
@RegisterForReflection
@Schema(name = "Entry")
record EntryView(
        @Schema(required = true, description = "1, 2, 3 and so on, without gaps")
        long seq,

        @Schema(required = true) UUID transferId,

        @Schema(
                required = true,
                enumeration = {"grant", "tip", "hold", "capture", "release", "expire", "purchase", "refund", "cash_out"
                })
        String kind,

        @Schema(required = true, description = "Below zero where tokens were given", examples = "-25")
        long amount,

        @Schema(required = true, description = "After this entry", examples = "975")
        long balance,

        @Schema(required = true, nullable = true, description = "The other user, where there is one")
        UUID counterpartyId,

        @Schema(required = true, nullable = true, description = "What the tokens moved for: a hold, a payment")
        UUID subjectId,

        @Schema(required = true) Instant createdAt) {

    static EntryView of(Entry entry, Instant at) {
        return new EntryView(
                entry.after().seq(),
                entry.transfer().id(),
                entry.transfer().kind().name().toLowerCase(Locale.ROOT),
                entry.leg().amount(),
                entry.after().balance(),
                counterpartyId(entry),
                entry.transfer().subjectId(),
                at);
    }

    private static UUID counterpartyId(Entry entry) {
        UUID userId = entry.leg().account().userId();
        return entry.transfer().legs().stream()
                .map(Leg::account)
                .map(Account::userId)
                .filter(Objects::nonNull)
                .filter(id -> !id.equals(userId))
                .findFirst()
                .orElse(null);
    }
}
