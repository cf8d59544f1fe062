package dev.stagedoor.account.signin;

import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes and checks passwords with Argon2id, on threads of its own: each takes 19 MiB and tens of milliseconds, so their
 * number is bounded, and so is the queue before them.
 */
@ApplicationScoped
class Passwords {

    /** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane. */
    private static final int MEMORY_KIB = 19_456;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final int MAX_WAITING = 200;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);

    private final ExecutorService executor = newExecutor();

    /** Checked where there is no account, so that the time tells nobody which names exist. */
    private volatile String decoy;

    private static ExecutorService newExecutor() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> {
                    Thread thread = new Thread(work, "password-hash");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    Uni<String> hash(String password) {
        return run(() -> encoder.encode(password));
    }

    /** Whether the password is the one that was hashed; a null hash takes as long and is never matched. */
    Uni<Boolean> matches(String password, String hash) {
        return run(() -> encoder.matches(password, hash == null ? decoy() : hash) && hash != null);
    }

    private String decoy() {
        if (decoy == null) {
            decoy = encoder.encode("decoy");
        }
        return decoy;
    }

    private <T> Uni<T> run(Supplier<T> work) {
        Uni<T> result = Uni.createFrom()
                .item(work)
                .runSubscriptionOn(executor)
                .onFailure(RejectedExecutionException.class)
                .transform(full -> ApiException.unavailable("Too many sign-ins at once", RETRY_AFTER));
        Context caller = Vertx.currentContext();
        return caller == null ? result : result.emitOn(task -> caller.runOnContext(ignored -> task.run()));
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }
}
