package dev.stagedoor.analytics.archive;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Reads samples, a page at a time. */
@ApplicationScoped
class ExportQueries {

    static final String PAGE = """
            SELECT livestream_id, timestamp, viewer_count, chat_activity, bitrate_kbps, dropped_frames,
                   countries::text AS countries, devices::text AS devices
            FROM livestream_metrics
            WHERE livestream_id = $1 AND timestamp > $2 AND timestamp < $3
            ORDER BY timestamp
            LIMIT $4
            """;

    private static final String OWNER = "SELECT owner_id FROM live_stream WHERE id = $1";

    private final Reads reads;

    ExportQueries(Reads reads) {
        this.reads = reads;
    }

    /** Emits null where there is no such stream. */
    Uni<UUID> ownerOf(UUID streamId) {
        return reads.first(OWNER, Tuple.of(streamId), row -> row.getUUID("owner_id"));
    }

    /** The first samples between two moments, without those of these. */
    Uni<List<Sample>> page(UUID streamId, Instant after, Instant before, int limit) {
        return reads.list(
                PAGE,
                Tuple.of(streamId, after.atOffset(ZoneOffset.UTC), before.atOffset(ZoneOffset.UTC), limit),
                ExportQueries::sample);
    }

    private static Sample sample(Row row) {
        return new Sample(
                row.getUUID("livestream_id"),
                Reads.instant(row, "timestamp").toEpochMilli(),
                row.getInteger("viewer_count"),
                row.getInteger("chat_activity"),
                row.getInteger("bitrate_kbps"),
                row.getInteger("dropped_frames"),
                row.getString("countries"),
                row.getString("devices"));
    }
}
