package dev.stagedoor.analytics.archive;

import dev.stagedoor.analytics.Reader;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.AskedTime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Gives out the samples of a stream, as fast as the client reads them: at no time are more than some of them here. */
@ApplicationScoped
class ExportService {

    private static final int PAGE = 2_000;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final ExportQueries queries;

    ExportService(ExportQueries queries) {
        this.queries = queries;
    }

    /** Fails with 404 where there is no such stream, and with 403 where it is another's. */
    Uni<Void> requireMayExport(UUID streamId, Reader reader) {
        return queries.ownerOf(streamId)
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("stream"))
                .invoke(reader::requireMaySee)
                .replaceWithVoid();
    }

    /** In order of time, some thousands at once. */
    Multi<List<Sample>> pages(UUID streamId, AskedTime time) {
        Instant from = time.from() == null ? Instant.EPOCH : time.from();
        Instant to = time.to() == null ? END : time.to();
        // Times are whole milliseconds.
        AtomicReference<Instant> last = new AtomicReference<>(from.minusNanos(1_000));
        return Multi.createBy()
                .repeating()
                .uni(() -> queries.page(streamId, last.get(), to, PAGE).invoke(page -> advance(last, page)))
                .whilst(page -> page.size() == PAGE);
    }

    private static void advance(AtomicReference<Instant> last, List<Sample> page) {
        if (!page.isEmpty()) {
            last.set(Instant.ofEpochMilli(page.get(page.size() - 1).at()));
        }
    }
}
