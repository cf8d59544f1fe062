package dev.stagedoor.livestream;

import dev.stagedoor.livestream.api.LiveStreamListener;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** All that have something to do when something happens to a stream: one after the other, they share a transaction. */
@ApplicationScoped
public class LiveStreamListeners {

    private final List<LiveStreamListener> listeners;

    LiveStreamListeners(@All List<LiveStreamListener> listeners) {
        this.listeners = listeners;
    }

    public Uni<Void> inTurn(Function<LiveStreamListener, Uni<Void>> call) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(call::apply)
                .onItem()
                .ignoreAsUni();
    }
}
