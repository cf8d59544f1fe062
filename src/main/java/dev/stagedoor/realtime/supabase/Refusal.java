package dev.stagedoor.realtime.supabase;

/** Why something is not done that a client asks for, in words for its developer. It has no stack trace: it is an answer. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
        super(reason, null, false, false);
    }
}
