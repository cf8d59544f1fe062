package dev.stagedoor.availability;

import dev.stagedoor.platform.context.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes tokens and keys of 128 bits, safe in URLs. Keys follow from ids and a secret of the installation: who repeats a
 * request gets the same one again, though nobody keeps it.
 */
@ApplicationScoped
class KeyMaker {

    private static final int BYTES = 16;

    private final Secrets secrets;
    private final SecureRandom random = new SecureRandom();

    KeyMaker(Secrets secrets) {
        this.secrets = secrets;
    }

    String newToken() {
        byte[] token = new byte[BYTES];
        random.nextBytes(token);
        return text(token);
    }

    String organizerKey(UUID eventId) {
        return key("event-organizer-key", eventId);
    }

    String sessionKey(UUID participantId) {
        return key("event-session-key", participantId);
    }

    private String key(String purpose, UUID id) {
        byte[] text = id.toString().getBytes(StandardCharsets.US_ASCII);
        return text(Arrays.copyOf(secrets.hmac(purpose, text), BYTES));
    }

    private static String text(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
