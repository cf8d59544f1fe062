package dev.stagedoor.account.apikey;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A credential of a machine that acts for a user, with some of the user's scopes. */
@Entity
@Table(name = "api_key")
class ApiKey extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    UUID userId;

    @Column(nullable = false, updatable = false)
    String name;

    @Column(nullable = false, updatable = false)
    byte[] secretHash;

    @Column(nullable = false, updatable = false)
    String[] scopes;

    @Column(nullable = false, updatable = false)
    Instant createdAt;

    @Column(updatable = false)
    Instant expiresAt;

    protected ApiKey() {}

    static ApiKey issued(UUID id, UUID userId, CreateApiKeyRequest request, byte[] secretHash, Instant now) {
        ApiKey key = new ApiKey();
        key.id = id;
        key.userId = userId;
        key.name = request.name();
        key.secretHash = secretHash;
        key.scopes = request.scopes().stream().sorted().toArray(String[]::new);
        key.createdAt = now;
        key.expiresAt = request.expiresAt() == null ? null : request.expiresAt().truncatedTo(ChronoUnit.MICROS);
        return key;
    }

    Set<String> scopes() {
        return Set.of(scopes);
    }

    static Uni<List<ApiKey>> listOf(UUID userId) {
        return list("userId = ?1 order by id desc", userId);
    }

    /** Emits the number of keys deleted: 1, or 0 where the user has no such key. */
    static Uni<Long> delete(UUID id, UUID userId) {
        return delete("id = ?1 and userId = ?2", id, userId);
    }
}
