package dev.stagedoor.chat.moderation;

import dev.stagedoor.chat.ChannelAccess;
import dev.stagedoor.chat.ChannelService;
import dev.stagedoor.chat.Visibility;
import dev.stagedoor.chat.moderation.ModerationStore.Act;
import dev.stagedoor.chat.moderation.Moderators.Case;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Takes reports of messages, and what moderators say to them. */
@ApplicationScoped
class ReportService {

    private static final UUID FIRST = new UUID(0, 0);

    private final ReportStore store;
    private final ModerationStore acts;
    private final Moderators moderators;
    private final ChannelService channels;
    private final Outbox outbox;
    private final Cursors cursors;
    private final Clock clock;

    ReportService(
            ReportStore store,
            ModerationStore acts,
            Moderators moderators,
            ChannelService channels,
            Outbox outbox,
            Cursors cursors,
            Clock clock) {
        this.store = store;
        this.acts = acts;
        this.moderators = moderators;
        this.channels = channels;
        this.outbox = outbox;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Reports a message to those who moderate the channel; who reports it again gets the first report back. */
    Uni<ReportView> report(UUID channelId, long seq, UUID userId, ReportRequest request) {
        return channels.requireMemberNow(channelId, userId)
                .invoke(ReportService::requireModerated)
                .chain(() -> outbox.<ReportView>inTransaction(
                        (transaction, events) -> store.report(transaction, channelId, seq, userId, request, now())))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("message"));
    }

    private static void requireModerated(ChannelAccess access) {
        if (access.visibility() == Visibility.DIRECT) {
            throw ApiException.conflict("direct-channel-is-for-two", "Nobody moderates a direct channel");
        }
    }

    /** Oldest first. */
    Uni<Page<ReportView>> reports(UUID channelId, UUID callerId, ReportStatus status, String cursor, int limit) {
        String list = "reports:" + channelId + ":" + status;
        UUID after = cursor == null
                ? FIRST
                : UUID.fromString(cursors.decode(list, cursor).get(0));
        return moderators
                .require(channelId, callerId)
                .chain(() -> store.reports(channelId, status, after, limit + 1))
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.id())));
    }

    /** Says what becomes of a report; fails with 409 where that was said before otherwise. */
    Uni<ReportView> resolve(UUID channelId, UUID callerId, UUID reportId, ReportStatus status) {
        if (status == ReportStatus.OPEN) {
            throw ApiException.invalid("status", "must be dismissed or upheld");
        }
        Case about = new Case(channelId, callerId, null);
        return moderators
                .<ReportView>moderate(
                        about,
                        (transaction, events, standing) -> store.resolve(
                                        transaction, channelId, reportId, status, callerId, now())
                                .call(report -> record(transaction, about, report)))
                .onItem()
                .ifNull()
                .switchTo(() -> resolvedBefore(channelId, reportId, status));
    }

    private Uni<Void> record(Transaction transaction, Case about, ReportView report) {
        if (report == null) {
            return Uni.createFrom().voidItem();
        }
        Action action = report.status() == ReportStatus.UPHELD ? Action.REPORT_UPHELD : Action.REPORT_DISMISSED;
        Act act = new Case(about.channelId(), about.callerId(), report.authorId()).act(action, "");
        return acts.put(transaction, act.about(report.seq()), now());
    }

    private Uni<ReportView> resolvedBefore(UUID channelId, UUID reportId, ReportStatus status) {
        return store.find(channelId, reportId).invoke(report -> {
            if (report == null) {
                throw ApiException.notFound("report");
            }
            if (report.status() != status) {
                throw ApiException.conflict("report-resolved", "This report was resolved otherwise");
            }
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
