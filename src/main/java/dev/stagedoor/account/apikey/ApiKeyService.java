package dev.stagedoor.account.apikey;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Issues, lists and deletes API keys. */
@ApplicationScoped
class ApiKeyService {

    private static final int SECRET_BYTES = 32;

    /** RFC 3339 can write no later year. */
    private static final Instant LATEST_EXPIRY = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Idempotency idempotency;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeyService(Idempotency idempotency, Ids ids, Clock clock) {
        this.idempotency = idempotency;
        this.ids = ids;
        this.clock = clock;
    }

    /** A repeated request gets the same key without its secret, which exists nowhere any more. */
    Uni<Outcome<ApiKeyView>> create(
            UUID userId, Set<String> ownScopes, CreateApiKeyRequest request, Idempotency.Key key) {
        Set<String> grantable = Scopes.grantable(ownScopes.contains(Scopes.USERS_READ));
        if (!grantable.containsAll(request.scopes())) {
            throw ApiException.invalid(
                    "scopes", "may hold " + grantable.stream().sorted().toList());
        }
        if (request.expiresAt() != null && request.expiresAt().isAfter(LATEST_EXPIRY)) {
            throw ApiException.invalid("expiresAt", "must be before the year 10000");
        }
        String secret = newSecret();
        ApiKey apiKey = ApiKey.issued(
                ids.next(),
                userId,
                request,
                Secrets.sha256(secret),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        String credential = new Credential(apiKey.id, secret).encode();
        return Panache.withTransaction(() -> idempotency.once(
                        key,
                        request,
                        ApiKeyView.class,
                        () -> apiKey.<ApiKey>persist().map(ApiKeyView::of)))
                .map(outcome -> outcome.replayed()
                        ? outcome
                        : new Outcome<>(outcome.value().withKey(credential), false));
    }

    @WithSession
    Uni<List<ApiKeyView>> list(UUID userId) {
        return ApiKey.listOf(userId)
                .map(keys -> keys.stream().map(ApiKeyView::of).toList());
    }

    Uni<Void> delete(UUID id, UUID userId) {
        return Panache.withTransaction(() -> ApiKey.delete(id, userId))
                .invoke(ApiKeyService::requireDeleted)
                .replaceWithVoid();
    }

    private static void requireDeleted(long deleted) {
        if (deleted == 0) {
            throw ApiException.notFound("API key");
        }
    }

    private String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
