package dev.stagedoor.analytics.ingest;

import dev.stagedoor.livestream.api.LiveStreamListener;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Keeps the sums right when a stream ends: what was sampled before may reach beyond. */
@ApplicationScoped
class StreamEnds implements LiveStreamListener {

    private final SumStore sums;

    StreamEnds(SumStore sums) {
        this.sums = sums;
    }

    @Override
    public Uni<Void> ended(UUID streamId, Instant at) {
        return sums.lock(streamId).chain(() -> sums.cut(streamId, at));
    }

    @Override
    public Uni<Void> deleted(UUID streamId) {
        return sums.lock(streamId).chain(() -> sums.forget(streamId));
    }
}
