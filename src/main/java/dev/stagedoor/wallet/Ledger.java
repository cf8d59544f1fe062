package dev.stagedoor.wallet;

import dev.stagedoor.account.api.UserTopic;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.wallet.Account.Kind;
import dev.stagedoor.wallet.Books.Entry;
import dev.stagedoor.wallet.api.WalletTags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Moves tokens within a caller's transaction, whose accounts stay locked until it ends: it must lock nothing afterwards that
 * others lock before.
 */
@ApplicationScoped
public class Ledger {

    private final LedgerStore store;

    Ledger(LedgerStore store) {
        this.store = store;
    }

    /**
     * Posts all transfers, in their order; emits when. Fails, and the caller's transaction with it, with an {@link
     * ApiException}: 404 where a user does not exist, 409 {@code insufficient-tokens}.
     *
     * @param events takes what their users are told after the commit
     */
    public Uni<Instant> post(Transaction transaction, Consumer<Event> events, List<Transfer> transfers) {
        return books(transaction, accounts(transfers))
                .invoke(books -> transfers.forEach(books::post))
                .chain(books -> write(transaction, events, books));
    }

    /** How many tokens a user can spend; nobody else moves them until the transaction ends. */
    public Uni<Long> balance(Transaction transaction, UUID userId) {
        Account account = Account.user(userId);
        return books(transaction, List.of(account)).map(books -> books.balance(account));
    }

    /** What accounts have, which are locked by this. */
    Uni<Books> books(Transaction transaction, List<Account> accounts) {
        return store.lock(transaction, accounts);
    }

    /** Stores what was posted to the books; emits when. */
    Uni<Instant> write(Transaction transaction, Consumer<Event> events, Books books) {
        return store.write(transaction, books).invoke(at -> tell(events, books, at));
    }

    /** Everyone hears of what they can spend, not of what the platform has or holds. */
    private static void tell(Consumer<Event> events, Books books, Instant at) {
        books.entries().stream()
                .filter(entry -> entry.leg().account().kind() == Kind.USER)
                .map(entry -> posted(entry, at))
                .forEach(events);
    }

    private static Event posted(Entry entry, Instant at) {
        UUID userId = entry.leg().account().userId();
        return Event.of(
                UserTopic.of(userId), "entry.posted", EntryView.of(entry, at), List.of(WalletTags.walletOf(userId)));
    }

    static List<Account> accounts(Collection<Transfer> transfers) {
        return transfers.stream()
                .flatMap(transfer -> transfer.legs().stream())
                .map(Transfer.Leg::account)
                .distinct()
                .toList();
    }
}
