package dev.stagedoor.account;

import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/** Reads and changes users. */
@Startup
@ApplicationScoped
public class UserService {

    private static final String LIST = "users";
    private static final UUID START = new UUID(-1, -1);
    private static final String USERNAME_KEY = "app_user_username_key";

    private final UserQueries queries;
    private final UserStore store;
    private final Transactions transactions;
    private final EntityTags entityTags;
    private final Cursors cursors;
    private final Idempotency idempotency;
    private final Ids ids;
    private final Clock clock;
    private final Caches caches;
    private final NamedCache<UUID, UserView> views;

    UserService(
            UserQueries queries,
            UserStore store,
            Transactions transactions,
            EntityTags entityTags,
            Cursors cursors,
            Idempotency idempotency,
            Ids ids,
            Clock clock,
            Caches caches) {
        this.queries = queries;
        this.store = store;
        this.transactions = transactions;
        this.entityTags = entityTags;
        this.cursors = cursors;
        this.idempotency = idempotency;
        this.ids = ids;
        this.clock = clock;
        this.caches = caches;
        this.views = caches.create(new CacheSpec<>(
                "users",
                UUID::toString,
                id -> Set.of(UserTags.user(id)),
                view -> Set.of(),
                () -> ApiException.notFound("user"),
                Duration.ofMinutes(1)));
        views.warmedBy(UUID::fromString, queries::find);
    }

    /** A user to be: the password is hashed already. */
    public record Registration(String username, String displayName, String passwordHash) {}

    /**
     * Creates a user; fails with 409 where the name is taken, in any case of its letters.
     *
     * @param payload what the idempotency key stands for
     */
    public Uni<Outcome<UserView>> register(Registration registration, Idempotency.Key key, Object payload) {
        return Panache.withTransaction(
                        () -> idempotency.once(key, payload, UserView.class, () -> persist(registration)))
                .call(outcome -> caches.invalidate(UserTags.user(outcome.value().id())))
                .onFailure(failure -> DatabaseFailures.violates(failure, USERNAME_KEY))
                .transform(failure -> ApiException.conflict("username-taken", "This username is taken"));
    }

    private Uni<UserView> persist(Registration registration) {
        User user = User.registered(
                ids.next(),
                registration.username(),
                registration.displayName(),
                registration.passwordHash(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        return user.<User>persistAndFlush().map(UserView::of);
    }

    Uni<Cached> get(UUID id) {
        return views.get(id, () -> queries.find(id));
    }

    /** Fails with 404 where there is no such user. */
    Uni<UserView> view(UUID id) {
        return views.view(id, UserView.class, () -> queries.find(id)).map(Viewed::view);
    }

    Uni<Page<UserView>> list(String cursor, int limit) {
        UUID before = cursor == null
                ? START
                : UUID.fromString(cursors.decode(LIST, cursor).get(0));
        return queries.page(before, limit + 1)
                .map(rows -> Page.of(rows, limit, user -> cursors.encode(LIST, user.id())));
    }

    /** Changes the profile if the caller has seen its current state, which {@code ifMatch} proves. */
    Uni<UserView> update(UUID id, String ifMatch, UpdateProfileRequest request) {
        return Panache.withTransaction(() -> User.find(id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> ApiException.notFound("user"))
                        .invoke(user -> entityTags.requireMatch(ifMatch, UserView.of(user)))
                        .invoke(user -> user.rename(request.displayName())))
                .map(UserView::of)
                .plug(caches.invalidating(UserTags.user(id)))
                .onFailure(OptimisticLockException.class)
                .recoverWithUni(() -> refuseStale(id, ifMatch));
    }

    /** Forgets a user: the name, how to sign in, every key. Fails with 404 where there is nobody to forget. */
    Uni<Void> erase(UUID id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions
                .run(transaction -> store.erase(transaction, id, now))
                .plug(caches.invalidating(UserTags.user(id)))
                .invoke(wasThere -> {
                    if (!wasThere) {
                        throw ApiException.notFound("user");
                    }
                })
                .replaceWithVoid();
    }

    /** Another update won the race: now the caller's tag is an old one. */
    private Uni<UserView> refuseStale(UUID id, String ifMatch) {
        return queries.find(id).invoke(current -> entityTags.requireMatch(ifMatch, current));
    }
}
