package dev.stagedoor.realtime;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where changes write what is to be published: in their own transaction, so that both are there after a crash, or neither.
 * After the commit it goes out, and where the process dies before that, another one sees to it.
 */
@ApplicationScoped
public class Outbox {

    private final OutboxStore store;
    private final Transactions transactions;
    private final Relay relay;

    Outbox(OutboxStore store, Transactions transactions, Relay relay) {
        this.store = store;
        this.transactions = transactions;
        this.relay = relay;
    }

    /** What a transaction gave, and what it published. */
    private record Committed<T>(T result, List<Publication> publications) {}

    /** Runs the work in a transaction of Panache, and publishes what it hands over once that is committed. */
    public <T> Uni<T> inTransaction(Function<Consumer<Event>, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    List<Event> events = new ArrayList<>();
                    return Panache.withTransaction(
                            () -> work.apply(events::add).chain(result -> committed(result, events, store::append)));
                })
                .map(this::send);
    }

    /** As {@link #inTransaction(Function)}, in a transaction of plain SQL. */
    public <T> Uni<T> inTransaction(BiFunction<Transaction, Consumer<Event>, Uni<T>> work) {
        return transactions
                .run(transaction -> {
                    List<Event> events = new ArrayList<>();
                    return work.apply(transaction, events::add)
                            .chain(result -> committed(result, events, all -> store.append(transaction, all)));
                })
                .map(this::send);
    }

    /** Publishes what belongs to no change. Emits once it is committed. */
    public Uni<Void> publish(List<Event> events) {
        return store.appendAlone(events).invoke(relay::send).replaceWithVoid();
    }

    private static <T> Uni<Committed<T>> committed(
            T result, List<Event> events, Function<List<Event>, Uni<List<Publication>>> append) {
        return events.isEmpty()
                ? Uni.createFrom().item(new Committed<>(result, List.of()))
                : append.apply(events).map(publications -> new Committed<>(result, publications));
    }

    private <T> T send(Committed<T> committed) {
        relay.send(committed.publications());
        return committed.result();
    }
}
