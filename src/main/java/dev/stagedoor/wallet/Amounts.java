package dev.stagedoor.wallet;

/** How many tokens may move at once. */
public final class Amounts {

    /** So many that a balance stays within 64 bits whatever happens to it. */
    public static final long MAX = 1_000_000_000_000L;

    private Amounts() {}
}
