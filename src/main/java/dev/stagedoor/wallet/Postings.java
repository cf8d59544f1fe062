package dev.stagedoor.wallet;

import dev.stagedoor.platform.context.GroupCommit;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Idempotency.Request;
import dev.stagedoor.platform.http.Idempotency.Result;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Posts single transfers that come at the same time together: one transaction then locks an account that many want, and
 * commits, once for all of them.
 */
@ApplicationScoped
class Postings {

    /** Two transactions of one process would wait for each other's accounts. */
    private static final int LANES = 1;

    private static final int TOGETHER = 500;
    private static final int MAX_WAITING = 5_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final GroupCommit<Request<Transfer>, Result<PostedView>> commits;

    Postings(Vertx vertx, Ledger ledger, Idempotency idempotency, Outbox outbox) {
        this.ledger = ledger;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.commits = new GroupCommit<>(
                vertx,
                new GroupCommit.Limits(LANES, TOGETHER, MAX_WAITING),
                DatabaseFailures::isUnavailable,
                this::postTogether);
    }

    /**
     * Posts a transfer, once for its key; another request with the key must move tokens of the same account. Fails as
     * {@link Ledger#post} and {@link Idempotency#once} do, and with 503 where too much waits.
     */
    Uni<Outcome<PostedView>> post(Idempotency.Key key, Object payload, Transfer transfer) {
        return commits.submit(List.of(new GroupCommit.Part<>(0, new Request<>(key, payload, transfer), 1)))
                .onFailure(RejectedExecutionException.class)
                .transform(full -> ApiException.unavailable("Too many transfers wait to be posted", RETRY_AFTER))
                .map(results -> results.get(0).orThrow());
    }

    /**
     * The accounts are locked before it is asked what was done: whoever repeats a request waits for that. The statements for
     * both are sent together, and run in this order.
     */
    private Uni<List<Result<PostedView>>> postTogether(List<Request<Transfer>> requests) {
        List<Account> accounts =
                Ledger.accounts(requests.stream().map(Request::work).toList());
        return outbox.inTransaction((transaction, events) -> Transaction.together(
                ledger.books(transaction, accounts),
                locked -> idempotency.onceEach(
                        transaction,
                        requests,
                        PostedView.class,
                        transfers -> locked.chain(books -> post(transaction, events, books, transfers)))));
    }

    private Uni<List<Result<PostedView>>> post(
            Transaction transaction, Consumer<Event> events, Books books, List<Transfer> transfers) {
        List<ApiException> refusals = new ArrayList<>();
        transfers.forEach(transfer -> refusals.add(refusal(books, transfer)));
        return ledger.write(transaction, events, books).map(at -> results(transfers, refusals, at));
    }

    /** Null where it is posted. */
    private static ApiException refusal(Books books, Transfer transfer) {
        try {
            books.post(transfer);
            return null;
        } catch (ApiException refusal) {
            return refusal;
        }
    }

    private static List<Result<PostedView>> results(List<Transfer> transfers, List<ApiException> refusals, Instant at) {
        List<Result<PostedView>> results = new ArrayList<>();
        for (int i = 0; i < transfers.size(); i++) {
            ApiException refusal = refusals.get(i);
            results.add(
                    refusal == null
                            ? Result.done(new PostedView(transfers.get(i).id(), at))
                            : Result.refused(refusal));
        }
        return results;
    }
}
