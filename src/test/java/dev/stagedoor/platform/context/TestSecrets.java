package dev.stagedoor.platform.context;

import java.util.Optional;

/** Secrets of a test's choosing, for what is tested without the container. */
public final class TestSecrets {

    private TestSecrets() {}

    public static Secrets of(String secret) {
        return new Secrets(() -> Optional.of(secret));
    }
}
