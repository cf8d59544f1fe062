package dev.stagedoor.platform.metrics;

/** Statements that are put together for one request: they are planned for its parameters, and kept neither prepared nor counted one by one. */
public final class AdHoc {

    /** What such a statement begins with. */
    public static final String MARK = "/* ad hoc */ ";

    private AdHoc() {}
}
