package dev.stagedoor.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.db.Transaction;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;
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
    private final IdempotencyStore store;

    Idempotency(ObjectMapper mapper, Secrets secrets, Pool pool, IdempotencyStore store) {
        this.mapper = mapper;
        this.secrets = secrets;
        this.pool = pool;
        this.store = store;
    }

    /**
     * Who asks, under which key; a null key asks for no idempotency.
     *
     * @param caller the user, or the address of who is not signed in
     * @param operation the operation's name: a key counts within one operation
     */
    public record Key(String caller, String operation, String key) {

        String scope() {
            return operation + ":" + key;
        }
    }

    /** What the work gave, now or when it was done. */
    public record Outcome<T>(T value, boolean replayed) {}

    /**
     * One of several requests.
     *
     * @param key never without one
     */
    public record Request<P>(Key key, Object payload, P work) {}

    /** What became of one of several requests: an outcome or a refusal, the other is null. */
    public record Result<T>(Outcome<T> outcome, ApiException refusal) {

        public static <T> Result<T> done(T value) {
            return new Result<>(new Outcome<>(value, false), null);
        }

        public static <T> Result<T> refused(ApiException refusal) {
            return new Result<>(null, refusal);
        }

        /** The outcome; throws the refusal, if it is one. */
        public Outcome<T> orThrow() {
            if (refusal != null) {
                throw refusal;
            }
            return outcome;
        }
    }

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
        byte[] fingerprint = fingerprint(payload);
        return Panache.getSession()
                .call(session -> lock(session, key))
                .chain(session -> find(session, key))
                .chain(stored -> stored == null
                        ? workAndStore(key, fingerprint, work)
                        : Uni.createFrom().item(() -> replay(stored, fingerprint, type)));
    }

    /** As {@link #once(Key, Object, Class, Supplier)}, inside a transaction of plain SQL. */
    public <T> Uni<Outcome<T>> once(
            Transaction transaction, Key key, Object payload, Class<T> type, Supplier<Uni<T>> work) {
        if (key.key() == null) {
            return work.get().map(value -> new Outcome<>(value, false));
        }
        return transaction
                .tryLock(key.caller() + " " + key.scope())
                .invoke(Idempotency::requireAcquired)
                .chain(() -> onceEach(
                        transaction,
                        List.of(new Request<>(key, payload, work)),
                        type,
                        works -> works.get(0).get().map(value -> List.of(Result.done(value)))))
                .map(results -> results.get(0).orThrow());
    }

    /**
     * Does what was not done before, all at once, and emits what became of each request, in their order. A refusal is not
     * remembered. Repetitions within one call are done once; those in other transactions must wait for this one, by a lock
     * that the caller has.
     *
     * @param work does some of the requests; emits a result for each, in their order
     */
    public <P, T> Uni<List<Result<T>>> onceEach(
            Transaction transaction,
            List<Request<P>> requests,
            Class<T> type,
            Function<List<P>, Uni<List<Result<T>>>> work) {
        List<byte[]> fingerprints =
                requests.stream().map(Request::payload).map(this::fingerprint).toList();
        return store.find(transaction, requests.stream().map(Request::key).toList())
                .map(stored -> new IdempotentBatch<P, T>(requests, fingerprints, stored))
                .call(batch -> batch.isAllDone() ? Uni.createFrom().voidItem() : workAndStore(transaction, batch, work))
                .map(batch -> batch.results(outcome -> parse(outcome, type)));
    }

    private <P, T> Uni<Void> workAndStore(
            Transaction transaction, IdempotentBatch<P, T> batch, Function<List<P>, Uni<List<Result<T>>>> work) {
        return work.apply(batch.works())
                .invoke(batch::done)
                .chain(() -> store.store(transaction, batch.outcomes(this::json)));
    }

    private static void requireAcquired(boolean acquired) {
        if (!acquired) {
            throw ApiException.conflict("request-in-flight", "A request with this key is in flight");
        }
    }

    private static Uni<Void> lock(Mutiny.Session session, Key key) {
        return session.createNativeQuery(LOCK, Boolean.class)
                .setParameter(1, key.caller() + " " + key.scope())
                .getSingleResult()
                .invoke(Idempotency::requireAcquired)
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
            throw reused();
        }
        return new Outcome<>(parse((String) stored[1], type), true);
    }

    static ApiException reused() {
        return new ApiException(422, "idempotency-key-reused", "This Idempotency-Key came with another payload");
    }

    private byte[] fingerprint(Object payload) {
        return secrets.hmac("idempotency", json(payload).getBytes(StandardCharsets.UTF_8));
    }

    /** A node of a later version may have stored it, with more fields. */
    private <T> T parse(String outcome, Class<T> type) {
        try {
            return mapper.readerFor(type)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(outcome);
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
