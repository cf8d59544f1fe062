package dev.stagedoor.analytics.ingest;

/**
 * Why a sample is not stored.
 *
 * @param index its place in the batch, from 0
 */
public record Refusal(int index, Reason reason, String detail) {

    /** The kinds of refusals, by the names that clients know. */
    public enum Reason {
        INVALID("invalid-sample", "The sample is invalid"),
        UNKNOWN_STREAM("not-found", "No stream with this id"),
        OTHERS_STREAM("forbidden", "The stream is not the caller's"),
        BEFORE_START("sample-before-start", "The sample is from more than a day before the stream began"),
        TOO_OLD("sample-too-old", "Samples of that time are not kept any more"),
        IN_FUTURE("sample-in-future", "The sample is more than an hour in the future");

        private final String code;
        private final String detail;

        Reason(String code, String detail) {
            this.code = code;
            this.detail = detail;
        }

        String code() {
            return code;
        }
    }

    static Refusal of(int index, Reason reason) {
        return new Refusal(index, reason, reason.detail);
    }

    static Refusal invalid(int index, String field, String message) {
        return new Refusal(index, Reason.INVALID, field + " " + message);
    }

    /** The same at another place. */
    Refusal at(int place) {
        return new Refusal(place, reason, detail);
    }
}
