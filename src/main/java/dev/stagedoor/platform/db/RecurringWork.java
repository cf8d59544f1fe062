package dev.stagedoor.platform.db;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Work that comes around by itself: what fails is done the next time. */
public final class RecurringWork {

    private final Logger log;
    private final String undone;

    /**
     * Work of this kind.
     *
     * @param undone what is said where it fails; in the log at debug level while the database is away, which is said
     *     elsewhere
     */
    public RecurringWork(Logger log, String undone) {
        this.log = log;
        this.undone = undone;
    }

    /** Does it once; never fails. */
    public Uni<Void> attempt(Uni<?> work) {
        return work.onItem().ignore().andContinueWithNull().onFailure().recoverWithUni(this::forgive);
    }

    /** As {@link #attempt}, without anyone who waits for it. */
    public void begin(Uni<?> work) {
        attempt(work).subscribe().with(done -> {});
    }

    /** Does it for one after the other: one that fails does not keep the others from their turn. Never fails. */
    public <T> Uni<Void> attemptEach(List<T> due, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(each -> attempt(work.apply(each)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> forgive(Throwable failure) {
        log.logf(
                DatabaseFailures.isUnavailable(failure) ? Logger.Level.DEBUG : Logger.Level.WARN,
                "%s: %s",
                undone,
                failure.toString());
        return Uni.createFrom().voidItem();
    }
}
