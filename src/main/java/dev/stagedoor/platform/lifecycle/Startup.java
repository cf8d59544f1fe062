package dev.stagedoor.platform.lifecycle;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs the start-up tasks in the background, so that a process whose database is away still comes up and says so. */
@ApplicationScoped
public class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

    private final StartupConfig config;
    private final List<StartupTask> tasks;
    private volatile boolean complete;

    Startup(StartupConfig config, @All List<StartupTask> tasks) {
        this.config = config;
        this.tasks = tasks.stream()
                .sorted(Comparator.comparingInt(StartupTask::order))
                .toList();
    }

    void onStart(@Observes StartupEvent event) {
        if (!config.tasks()) {
            return;
        }
        runAll().subscribe().with(done -> complete = true, failure -> LOG.error("Start-up was given up", failure));
    }

    private Uni<Void> runAll() {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(Startup::runUntilDone)
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<Void> runUntilDone(StartupTask task) {
        return Uni.createFrom()
                .deferred(task::run)
                .onFailure()
                .invoke(failure -> LOG.warnf("%s failed and is tried again: %s", name(task), rootMessage(failure)))
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACK_OFF, MAX_BACK_OFF)
                .indefinitely();
    }

    private static String name(StartupTask task) {
        return task.getClass().getSimpleName().replace("_ClientProxy", "").replace("_Subclass", "");
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    /** Whether all tasks have succeeded. */
    public boolean isComplete() {
        return complete;
    }
}
