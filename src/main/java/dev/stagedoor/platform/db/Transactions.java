package dev.stagedoor.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Runs several statements of plain SQL as one; those of entities are run by Panache. */
@ApplicationScoped
public class Transactions {

    private static final int RETRIES = 3;

    private final Pool pool;

    Transactions(Pool pool) {
        this.pool = pool;
    }

    /**
     * Emits what the work does once it is committed; rolls back where it fails. Where it was ended for the sake of another
     * transaction, it is done again: work keeps nothing outside of it.
     */
    public <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> pool.withTransaction(connection -> work.apply(new Transaction(connection))))
                .onFailure(DatabaseFailures::isDeadlock)
                .retry()
                .atMost(RETRIES);
    }
}
