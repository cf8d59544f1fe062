package dev.stagedoor.chat.moderation;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Writes and reads reports of messages. */
@ApplicationScoped
class ReportStore {

    /** Reports {@code r} with what they need of others; who is erased has said nothing. */
    private static final String SHOW = """
            SELECT r.id, r.channel_id, r.seq, m.author_id, r.reporter_id, r.reason, r.status, r.resolver_id, r.resolved_at,
                   CASE WHEN u.erased_at IS NULL THEN r.text ELSE '' END AS text,
                   CASE WHEN reporter.erased_at IS NULL THEN r.note ELSE '' END AS note
            FROM %s r
            JOIN message m ON m.channel_id = r.channel_id AND m.seq = r.seq
            JOIN app_user u ON u.id = m.author_id
            JOIN app_user reporter ON reporter.id = r.reporter_id
            """;

    /** Once; the update of one that is there changes nothing, and gives it back. */
    private static final String REPORT = """
            WITH reported AS (
                INSERT INTO message_report AS known (id, channel_id, seq, reporter_id, reason, note, text, status)
                SELECT uuid_v7($6), channel_id, seq, $3, $4, $5, text, 'open'
                FROM message
                WHERE channel_id = $1 AND seq = $2 AND deleted_at IS NULL
                ON CONFLICT (channel_id, seq, reporter_id) DO UPDATE SET reason = known.reason
                RETURNING known.*
            )
            """ + SHOW.formatted("reported");

    static final String REPORTS = SHOW.formatted("message_report") + """
            WHERE r.channel_id = $1 AND r.status = $2 AND r.id > $3
            ORDER BY r.id
            LIMIT $4
            """;

    private static final String RESOLVE = """
            WITH resolved AS (
                UPDATE message_report
                SET status = $3, resolver_id = $4, resolved_at = $5
                WHERE channel_id = $1 AND id = $2 AND status = 'open'
                RETURNING *
            )
            """ + SHOW.formatted("resolved");

    private static final String FIND = SHOW.formatted("message_report") + "WHERE r.channel_id = $1 AND r.id = $2";

    private final Reads reads;

    ReportStore(Reads reads) {
        this.reads = reads;
    }

    /** Emits null where there is no such message; what was reported before by the same person as it was. */
    Uni<ReportView> report(
            Transaction transaction, UUID channelId, long seq, UUID userId, ReportRequest request, Instant now) {
        Tuple parameters = Tuple.of(channelId, seq, userId, request.reason().wireName(), request.note(), utc(now));
        return transaction
                .execute(REPORT, parameters)
                .map(rows -> rows.size() == 0 ? null : report(rows.iterator().next()));
    }

    /** Oldest first. */
    Uni<List<ReportView>> reports(UUID channelId, ReportStatus status, UUID after, int rows) {
        return reads.list(REPORTS, Tuple.of(channelId, status.wireName(), after, rows), ReportStore::report);
    }

    /** Emits null where no such report is open. */
    Uni<ReportView> resolve(
            Transaction transaction, UUID channelId, UUID reportId, ReportStatus status, UUID userId, Instant now) {
        return transaction
                .execute(RESOLVE, Tuple.of(channelId, reportId, status.wireName(), userId, utc(now)))
                .map(rows -> rows.size() == 0 ? null : report(rows.iterator().next()));
    }

    /** Emits null where there is none. */
    Uni<ReportView> find(UUID channelId, UUID reportId) {
        return reads.first(FIND, Tuple.of(channelId, reportId), ReportStore::report);
    }

    private static ReportView report(Row row) {
        return new ReportView(
                row.getUUID("id"),
                row.getUUID("channel_id"),
                row.getLong("seq"),
                row.getUUID("author_id"),
                row.getUUID("reporter_id"),
                ReportReason.of(row.getString("reason")),
                row.getString("note"),
                row.getString("text"),
                ReportStatus.of(row.getString("status")),
                row.getUUID("resolver_id"),
                Reads.instant(row, "resolved_at"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
