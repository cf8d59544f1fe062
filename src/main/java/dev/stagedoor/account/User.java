package dev.stagedoor.account;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** Someone with a name here: signed up, known from an issuer, or from an archive. */
@Entity
@Table(name = "app_user")
class User extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    String username;

    @Column(nullable = false)
    String displayName;

    @Column(updatable = false)
    String passwordHash;

    @Column(nullable = false, updatable = false)
    String role;

    @Column(nullable = false, updatable = false)
    Instant createdAt;

    /** Null for who is not erased. */
    @Column(insertable = false, updatable = false)
    Instant erasedAt;

    /** Guards concurrent changes; a stale update fails as 412. */
    @Version
    int version;

    protected User() {}

    static User registered(UUID id, String username, String displayName, String passwordHash, Instant now) {
        User user = new User();
        user.id = id;
        user.username = username;
        user.displayName = displayName;
        user.passwordHash = passwordHash;
        user.role = UserRole.USER.wireName();
        user.createdAt = now;
        return user;
    }

    void rename(String newDisplayName) {
        displayName = newDisplayName;
    }

    /** Emits null where there is no such user, or one who is erased. */
    static Uni<User> find(UUID id) {
        return find("id = ?1 and erasedAt is null", id).firstResult();
    }
}
