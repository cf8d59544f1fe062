package dev.stagedoor.wallet.api;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Pays for something in two phases: tokens are set aside first, and go to who is paid, or back, later. Within the caller's
 * transaction of plain SQL, which must lock nothing afterwards that others lock before.
 */
public interface TokenHolds {

    /**
     * Sets tokens aside until they are settled; emits the id of the hold. Fails with 409 {@code insufficient-tokens}.
     *
     * @param events takes what users are told after the commit
     * @param amount tokens, above zero
     */
    Uni<UUID> place(Transaction transaction, Consumer<Event> events, UUID payerId, UUID payeeId, long amount);

    /**
     * Ends a hold: who is paid gets some of the tokens, less the platform's commission, and the payer the others back.
     * Fails with 409 {@code hold-settled} where that was done before.
     *
     * @param captured tokens, from zero to the hold's amount
     */
    Uni<Void> settle(Transaction transaction, Consumer<Event> events, UUID holdId, long captured);
}
