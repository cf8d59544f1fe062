package dev.stagedoor.chat.search;

import dev.stagedoor.chat.search.BacklogStore.Unsearchable;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.lifecycle.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes messages searchable that are older than the search, newest first, on whatever node has time. */
@ApplicationScoped
class SearchBacklog {

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(SearchBacklog.class), "Older messages do not become searchable");

    private static final int AT_ONCE = 500;

    private final BacklogStore store;
    private final Transactions transactions;
    private final Startup startup;

    SearchBacklog(BacklogStore store, Transactions transactions, Startup startup) {
        this.store = store;
        this.transactions = transactions;
        this.startup = startup;
    }

    @Scheduled(every = "10s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> workOff() {
        if (!startup.isComplete()) {
            return Uni.createFrom().voidItem();
        }
        Multi<Boolean> batches = Multi.createBy()
                .repeating()
                .uni(() -> transactions.run(this::next))
                .whilst(didSome -> didSome);
        return WORK.attempt(batches.onItem().ignoreAsUni());
    }

    /** Emits whether there may be more. */
    private Uni<Boolean> next(Transaction transaction) {
        return store.claim(transaction)
                .chain(place -> place == null
                        ? Uni.createFrom().item(false)
                        : store.unsearchable(transaction, place, AT_ONCE)
                                .chain(messages -> add(transaction, place, messages)));
    }

    private Uni<Boolean> add(Transaction transaction, BacklogStore.Place place, List<Unsearchable> messages) {
        Uni<Void> written =
                messages.isEmpty() ? store.complete(transaction, place) : store.add(transaction, place, messages);
        return written.replaceWith(true);
    }
}
