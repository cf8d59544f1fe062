package dev.stagedoor.platform.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A failure that the caller is told about: a status, a stable code in kebab case and a sentence.
 *
 * <p>It has no stack trace: it is an answer, not a fault.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Problem.FieldError> errors;
    private final transient Map<String, String> headers;
    private final transient Object current;

    private ApiException(
            int status,
            String code,
            String detail,
            List<Problem.FieldError> errors,
            Map<String, String> headers,
            Object current) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
        this.current = current;
    }

    public ApiException(int status, String code, String detail) {
        this(status, code, detail, List.of(), Map.of(), null);
    }

    /** 400 that names one refused field, parameter or header. */
    public static ApiException invalid(String field, String message) {
        return invalid(List.of(new Problem.FieldError(field, message)));
    }

    /** 400 that names every refused field. */
    public static ApiException invalid(List<Problem.FieldError> errors) {
        return new ApiException(400, "invalid-request", describe(errors), errors, Map.of(), null);
    }

    private static String describe(List<Problem.FieldError> errors) {
        return errors.stream()
                .map(error -> error.field() + " " + error.message())
                .reduce((a, b) -> a + "; " + b)
                .orElse("The request is invalid");
    }

    /** 401; {@code reason} must not tell whether the account exists. */
    public static ApiException unauthorized(String reason) {
        return new ApiException(401, "unauthorized", reason).with("WWW-Authenticate", "Bearer");
    }

    public static ApiException forbidden(String detail) {
        return new ApiException(403, "forbidden", detail);
    }

    /** 404, also for what the caller may not know to exist. */
    public static ApiException notFound(String resource) {
        return new ApiException(404, "not-found", "No " + resource + " with this id");
    }

    public static ApiException conflict(String code, String detail) {
        return new ApiException(409, code, detail);
    }

    /** 412 with what the resource is now and its entity tag, so that a client can roll back, or change that instead. */
    static ApiException preconditionFailed(String currentEntityTag, Object current) {
        return new ApiException(
                412,
                "precondition-failed",
                "The resource has changed; its entity tag is in ETag",
                List.of(),
                Map.of("ETag", currentEntityTag),
                current);
    }

    /** 429; {@code retryAfter} is rounded up to whole seconds. */
    public static ApiException tooManyRequests(Duration retryAfter) {
        return new ApiException(429, "too-many-requests", "Too many requests; see Retry-After")
                .with("Retry-After", seconds(retryAfter));
    }

    /** 503; {@code retryAfter} is rounded up to whole seconds. */
    public static ApiException unavailable(String detail, Duration retryAfter) {
        return new ApiException(503, "unavailable", detail).with("Retry-After", seconds(retryAfter));
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    /** The same failure with one more response header. */
    public ApiException with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new ApiException(status, code, getMessage(), errors, more, current);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The refused fields; empty where the failure is of another kind. */
    public List<Problem.FieldError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** What the resource is now, or null where that is not the reason. */
    Object current() {
        return current;
    }

    String title() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    /** A refusal of credentials never turns into success by repeating it; overload does. */
    Boolean retryable() {
        return switch (status) {
            case 401 -> false;
            case 429, 503 -> true;
            default -> null;
        };
    }
}
