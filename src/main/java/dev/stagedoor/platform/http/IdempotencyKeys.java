package dev.stagedoor.platform.http;

import java.util.regex.Pattern;

/** Reads the {@code Idempotency-Key} header (draft-ietf-httpapi-idempotency-key-header). */
public final class IdempotencyKeys {

    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private IdempotencyKeys() {}

    /**
     * The key of an operation that accepts one.
     *
     * @param header null where the caller asks for no idempotency
     * @throws ApiException 400 where the header is malformed
     */
    public static Idempotency.Key of(String caller, String operation, String header) {
        if (header != null && !USABLE.matcher(header).matches()) {
            throw ApiException.invalid("Idempotency-Key", "must have 1 to 200 visible ASCII characters");
        }
        return new Idempotency.Key(caller, operation, header);
    }

    /**
     * The key of an operation that must have one, since it moves money.
     *
     * @throws ApiException 400 where the header is absent or malformed
     */
    public static Idempotency.Key required(String caller, String operation, String header) {
        if (header == null) {
            throw ApiException.invalid("Idempotency-Key", "is required");
        }
        return of(caller, operation, header);
    }
}
