package dev.stagedoor.wallet;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.wallet.Transfer.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What users do with their tokens, and what they have. */
@ApplicationScoped
class WalletService {

    private final WalletQueries queries;
    private final Postings postings;
    private final Commission commission;
    private final Cursors cursors;
    private final Ids ids;

    WalletService(WalletQueries queries, Postings postings, Commission commission, Cursors cursors, Ids ids) {
        this.queries = queries;
        this.postings = postings;
        this.commission = commission;
        this.cursors = cursors;
        this.ids = ids;
    }

    Uni<WalletView> wallet(UUID userId) {
        return queries.wallet(userId);
    }

    /** Newest first. */
    Uni<Page<EntryView>> entries(UUID userId, String cursor, int limit) {
        String list = "entries:" + userId;
        long before = cursor == null
                ? Long.MAX_VALUE
                : Long.parseLong(cursors.decode(list, cursor).get(0));
        return queries.newest(userId, before, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.seq())));
    }

    /** Gives tokens to a creator; fails with 404 where there is none, with 409 where the user has too few. */
    Uni<Outcome<TipView>> tip(UUID userId, TipRequest request, Idempotency.Key key) {
        if (userId.equals(request.creatorId())) {
            throw ApiException.invalid("creatorId", "must be someone else");
        }
        return postings.post(key, request, tip(userId, request))
                .map(posted -> new Outcome<>(tip(userId, request, posted.value()), posted.replayed()));
    }

    private Transfer tip(UUID userId, TipRequest request) {
        return new Transfer(
                ids.next(),
                Kind.TIP,
                null,
                commission.split(Account.user(userId), request.creatorId(), request.amount()));
    }

    private static TipView tip(UUID userId, TipRequest request, PostedView posted) {
        return new TipView(posted.id(), userId, request.creatorId(), request.amount(), posted.createdAt());
    }

    /** Issues tokens to a user; fails with 404 where there is none. */
    Uni<Outcome<GrantView>> grant(GrantRequest request, Idempotency.Key key) {
        Transfer grant = Transfer.of(
                ids.next(), Kind.GRANT, null, Account.ISSUANCE, Account.user(request.userId()), request.amount());
        return postings.post(key, request, grant)
                .map(posted -> new Outcome<>(grant(request, posted.value()), posted.replayed()));
    }

    private static GrantView grant(GrantRequest request, PostedView posted) {
        return new GrantView(posted.id(), request.userId(), request.amount(), posted.createdAt());
    }
}
