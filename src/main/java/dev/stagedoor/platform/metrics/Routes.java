package dev.stagedoor.platform.metrics;

import io.smallrye.common.vertx.ContextLocals;

/** The template of the resource that the current request is for: what its metrics are recorded under. */
public final class Routes {

    /** Where Quarkus REST leaves it. */
    static final String TEMPLATE = "UrlPathTemplate";

    private Routes() {}

    /** Null before routing. */
    public static String get() {
        return ContextLocals.<String>get(TEMPLATE).orElse(null);
    }

    /** For who answers without routing. */
    public static void set(String template) {
        ContextLocals.put(TEMPLATE, template);
    }
}
