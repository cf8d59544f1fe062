package dev.stagedoor.platform.http;

import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Idempotency.Request;
import dev.stagedoor.platform.http.Idempotency.Result;
import dev.stagedoor.platform.http.IdempotencyStore.Stored;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Several requests at once: which of them are to be done, and what became of all. */
final class IdempotentBatch<P, T> {

    private final List<Request<P>> requests;
    private final List<byte[]> fingerprints;
    private final Map<Idempotency.Key, Stored> stored;

    /** The places of what is to be done: of each key the first. */
    private final Map<Idempotency.Key, Integer> fresh = new LinkedHashMap<>();

    private final Map<Idempotency.Key, Result<T>> done = new HashMap<>();

    IdempotentBatch(List<Request<P>> requests, List<byte[]> fingerprints, Map<Idempotency.Key, Stored> stored) {
        this.requests = requests;
        this.fingerprints = fingerprints;
        this.stored = stored;
        for (int i = 0; i < requests.size(); i++) {
            Idempotency.Key key = requests.get(i).key();
            if (!stored.containsKey(key)) {
                fresh.putIfAbsent(key, i);
            }
        }
    }

    boolean isAllDone() {
        return fresh.isEmpty();
    }

    List<P> works() {
        return fresh.values().stream().map(place -> requests.get(place).work()).toList();
    }

    /** @param results of the works, in their order */
    void done(List<Result<T>> results) {
        int next = 0;
        for (Idempotency.Key key : fresh.keySet()) {
            done.put(key, results.get(next++));
        }
    }

    /** What is to be remembered. */
    Map<Idempotency.Key, Stored> outcomes(Function<Object, String> json) {
        Map<Idempotency.Key, Stored> outcomes = new LinkedHashMap<>();
        fresh.forEach((key, place) -> {
            Outcome<T> outcome = done.get(key).outcome();
            if (outcome != null) {
                outcomes.put(key, new Stored(Buffer.buffer(fingerprints.get(place)), json.apply(outcome.value())));
            }
        });
        return outcomes;
    }

    /** Of all requests, in their order. */
    List<Result<T>> results(Function<String, T> parse) {
        return IntStream.range(0, requests.size())
                .mapToObj(place -> result(place, parse))
                .toList();
    }

    private Result<T> result(int place, Function<String, T> parse) {
        Idempotency.Key key = requests.get(place).key();
        Stored before = stored.get(key);
        if (before != null) {
            return isSame(before.fingerprint().getBytes(), place)
                    ? new Result<>(new Outcome<>(parse.apply(before.outcome()), true), null)
                    : Result.refused(Idempotency.reused());
        }
        int first = fresh.get(key);
        return first == place ? done.get(key) : repeated(first, place, done.get(key));
    }

    private Result<T> repeated(int first, int place, Result<T> result) {
        if (!isSame(fingerprints.get(first), place)) {
            return Result.refused(Idempotency.reused());
        }
        return result.outcome() == null
                ? result
                : new Result<>(new Outcome<>(result.outcome().value(), true), null);
    }

    private boolean isSame(byte[] fingerprint, int place) {
        return MessageDigest.isEqual(fingerprint, fingerprints.get(place));
    }
}
