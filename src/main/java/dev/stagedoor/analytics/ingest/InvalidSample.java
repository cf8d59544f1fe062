package dev.stagedoor.analytics.ingest;

/** What is wrong with one sample by itself; it has no stack trace, since it is an answer. */
public final class InvalidSample extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal.Reason reason;
    private final String field;

    public InvalidSample(String field, String message) {
        super(message, null, false, false);
        this.reason = Refusal.Reason.INVALID;
        this.field = field;
    }

    InvalidSample(Refusal.Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
        this.field = null;
    }

    public Refusal refusal(int index) {
        return field == null ? Refusal.of(index, reason) : Refusal.invalid(index, field, getMessage());
    }
}
