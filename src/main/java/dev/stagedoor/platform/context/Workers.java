package dev.stagedoor.platform.context;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/** Takes blocking work off the event loop. */
@ApplicationScoped
public class Workers {

    /** Runs the work on a worker thread; emits its result on the caller's context, if it has one. */
    public <T> Uni<T> run(Callable<T> work) {
        Uni<T> result =
                Uni.createFrom().item(() -> call(work)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return EventLoops.backToCaller(result);
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
