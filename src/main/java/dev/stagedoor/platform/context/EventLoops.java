package dev.stagedoor.platform.context;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Keeps asynchronous work on the Vert.x context that it belongs to. */
public final class EventLoops {

    private EventLoops() {}

    /** Delivers the outcome on the caller's context, whichever thread produces it. */
    public static <T> Uni<T> backToCaller(Uni<T> uni) {
        Context caller = Vertx.currentContext();
        return caller == null ? uni : uni.emitOn(task -> caller.runOnContext(ignored -> task.run()));
    }

    /** Awaits both at the same time; neither may use a database session, of which two users at once would collide. */
    public static <A, B, R> Uni<R> sideBySide(Uni<A> first, Uni<B> second, BiFunction<A, B, R> join) {
        return Uni.combine().all().unis(first, second).with(join);
    }

    /** Runs work that several callers share on a context of its own: it shares no database session with any of them. */
    public static <T> Uni<T> onOwnContext(Vertx vertx, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(
                    ignored -> Uni.createFrom().deferred(work::get).subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
