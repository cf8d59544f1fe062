package dev.stagedoor.platform.metrics;

/** Statements that belong to no request, and go on when nobody asks for anything: they are counted apart. */
public final class Upkeep {

    /** What such a statement begins with. */
    public static final String MARK = "/* upkeep */ ";

    private Upkeep() {}
}
