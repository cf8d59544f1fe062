package dev.stagedoor.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.platform.context.Secrets;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Does a piece of work once for an idempotency key, however often it is asked for.
 *
 * <p>The outcome is stored in the transaction that does the work: both are there after a crash, or neither. A lock that
 * ends with the transaction tells a request that is still in flight from one that never finished.
 */
@ApplicationScoped
public class Idempotency {

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended(?1, 0))";

    private static final String FIND =
            "select fingerprint, outcome from idempotent_request where caller = ?1 and key = ?2";

    private static final String STORE =
            "insert into idempotent_request (caller, key, fingerprint, outcome) values (?1, ?2, ?3, ?4)";

    private static final String PRUNE = "delete from idempotent_request where created_at < now() - interval '48 hours'";

    private final ObjectMapper mapper;
    private final Secrets secrets;
    private final Pool pool;

    Idempotency(ObjectMapper mapper, Secrets secrets, Pool pool) {
        this.mapper = mapper;
        this.secrets = secrets;
        this.pool = pool;
    }

    /**
     * Who asks, under which key; a null key asks for no idempotency.
     *
     * @param caller the user, or the address of who is not signed in
     * @param operation the operation's name: a key counts within one operation
     */
    public record Key(String caller, String operation, String key) {

        private String scope() {
            return operation + ":" + key;
        }
    }

    /** What the work gave, now or when it was done. */
    public record Outcome<T>(T value, boolean replayed) {}

    /**
     * Runs the work, or emits what it gave the first time. Call it inside a transaction of Panache.
     *
     * <p>Fails with 409 while another request with this key is in flight, with 422 where the key came with another
     * payload. Outcomes are kept for 48 hours.
     */
    public <T> Uni<Outcome<T>> once(Key key, Object payload, Class<T> type, Supplier<Uni<T>> work) {
        if (key.key() == null) {
            return work.get().map(value -> new Outcome<>(value, false));
        }
        byte[] fingerprint = secrets.hmac("idempotency", json(payload).getBytes(StandardCharsets.UTF_8));
        return Panache.getSession()
                .call(session -> lock(session, key))
                .chain(session -> find(session, key))
                .chain(stored -> stored == null
                        ? workAndStore(key, fingerprint, work)
                        : Uni.createFrom().item(() -> replay(stored, fingerprint, type)));
    }

    private static Uni<Void> lock(Mutiny.Session session, Key key) {
        return session.createNativeQuery(LOCK, Boolean.class)
                .setParameter(1, key.caller() + " " + key.scope())
                .getSingleResult()
                .invoke(acquired -> {
                    if (!acquired) {
                        throw ApiException.conflict("request-in-flight", "A request with this key is in flight");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Object[]> find(Mutiny.Session session, Key key) {
        return session.createNativeQuery(FIND, Object[].class)
                .setParameter(1, key.caller())
                .setParameter(2, key.scope())
                .getSingleResultOrNull();
    }

    private <T> Uni<Outcome<T>> workAndStore(Key key, byte[] fingerprint, Supplier<Uni<T>> work) {
        return work.get().call(value -> store(key, fingerprint, value)).map(value -> new Outcome<>(value, false));
    }

    private Uni<Integer> store(Key key, byte[] fingerprint, Object value) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STORE)
                        .setParameter(1, key.caller())
                        .setParameter(2, key.scope())
                        .setParameter(3, fingerprint)
                        .setParameter(4, json(value))
                        .executeUpdate());
    }

    private <T> Outcome<T> replay(Object[] stored, byte[] fingerprint, Class<T> type) {
        if (!MessageDigest.isEqual((byte[]) stored[0], fingerprint)) {
            throw new ApiException(422, "idempotency-key-reused", "This Idempotency-Key came with another payload");
        }
        try {
            return new Outcome<>(mapper.readValue((String) stored[1], type), true);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Scheduled(every = "1h", delayed = "10m")
    Uni<Void> prune() {
        return pool.query(PRUNE).execute().replaceWithVoid();
    }
}
