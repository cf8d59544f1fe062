package dev.stagedoor.chat.moderation;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChannelAccess;
import dev.stagedoor.chat.ChannelService;
import dev.stagedoor.chat.ChannelTopics;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.chat.MembershipView;
import dev.stagedoor.chat.Visibility;
import dev.stagedoor.chat.WordFilter;
import dev.stagedoor.chat.moderation.ModerationStore.Act;
import dev.stagedoor.chat.moderation.ModerationStore.Standing;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What owners and moderators do in their channels. */
@ApplicationScoped
class ModerationService {

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final ModerationStore store;
    private final ChannelService channels;
    private final Caches caches;
    private final Outbox outbox;
    private final Cursors cursors;
    private final Clock clock;

    ModerationService(
            ModerationStore store,
            ChannelService channels,
            Caches caches,
            Outbox outbox,
            Cursors cursors,
            Clock clock) {
        this.store = store;
        this.channels = channels;
        this.caches = caches;
        this.outbox = outbox;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Who acts on whom, where. */
    record Case(UUID channelId, UUID callerId, UUID userId) {

        Act act(Action action, String reason) {
            return Act.on(channelId, callerId, action, userId, reason);
        }

        List<String> tags() {
            return userId == null ? List.of() : ChatTags.ofMember(channelId, userId);
        }
    }

    private interface Step<T> {
        Uni<T> take(Transaction transaction, Consumer<Event> events, Standing standing);
    }

    /** Takes a step while nobody else changes the channel; refuses who may not know of it, or is no moderator. */
    private <T> Uni<T> moderate(Case about, Step<T> step) {
        return outbox.<T>inTransaction((transaction, events) -> store.lock(
                                transaction, about.channelId(), about.callerId(), about.userId())
                        .invoke(standing -> requireModerator(standing == null ? null : standing.access()))
                        .chain(standing -> step.take(transaction, events, standing)))
                .plug(caches.invalidating(about.tags()));
    }

    private static void requireModerator(ChannelAccess access) {
        if (access == null || !access.isKnown()) {
            throw ChannelService.notFound();
        }
        if (!access.isModerator()) {
            throw ApiException.forbidden("Only owners and moderators of the channel do this");
        }
    }

    /** Fails where the other is a member of the same or a higher role, and where there is no such user. */
    private static void requireOutranked(Standing standing) {
        if (!standing.otherExists()) {
            throw ApiException.notFound("member");
        }
        if (!standing.outranksOther()) {
            throw ApiException.forbidden("Nobody does this to who has the same role, or a higher one");
        }
    }

    private static void requireMember(Standing standing) {
        if (standing.otherRole() == null) {
            throw ApiException.notFound("member");
        }
    }

    /** As an owner, gives someone another role; the last owner stays one. */
    Uni<MembershipView> changeRole(Case about, Role role) {
        return moderate(about, (transaction, events, standing) -> {
            requireMember(standing);
            if (!standing.access().isOwner()) {
                throw ApiException.forbidden("Only an owner changes roles");
            }
            if (standing.otherRole() == Role.OWNER && role != Role.OWNER && standing.owners() == 1) {
                throw ApiException.conflict("last-owner", "A channel keeps an owner");
            }
            Act act = about.act(Action.ROLE_CHANGED, "").with("role", role.wireName());
            Uni<Void> recorded = role == standing.otherRole() ? done() : store.put(transaction, act, now());
            return recorded.chain(() -> store.changeRole(transaction, about.channelId(), about.userId(), role))
                    .map(joinedAt -> new MembershipView(about.channelId(), about.userId(), role.wireName(), joinedAt))
                    .invoke(view -> events.accept(ChannelTopics.updated(view)));
        });
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    /** Keeps a member from writing for a time, from now on. */
    Uni<MuteView> mute(Case about, MuteRequest request) {
        Instant until = now().plusSeconds(request.seconds());
        return moderate(about, (transaction, events, standing) -> {
            requireMember(standing);
            requireOutranked(standing);
            Act act = about.act(Action.MUTED, request.reason()).with("seconds", request.seconds());
            return store.silence(transaction, about.channelId(), about.userId(), until)
                    .chain(() -> store.put(transaction, act, now()))
                    .invoke(() -> events.accept(ChannelTopics.muted(about.channelId(), about.userId(), until)))
                    .replaceWith(new MuteView(about.channelId(), about.userId(), until, request.reason()));
        });
    }

    Uni<Void> unmute(Case about) {
        return moderate(about, (transaction, events, standing) -> {
            requireMember(standing);
            requireOutranked(standing);
            return store.silence(transaction, about.channelId(), about.userId(), null)
                    .chain(() -> store.put(transaction, about.act(Action.UNMUTED, ""), now()))
                    .invoke(() -> events.accept(ChannelTopics.muted(about.channelId(), about.userId(), null)));
        });
    }

    /** Removes someone, member or not, who does not come back for a time or for good; another ban takes the place of the first. */
    Uni<BanView> ban(Case about, BanRequest request) {
        Instant now = now();
        Instant until = request.seconds() == null ? null : now.plusSeconds(request.seconds());
        BanView ban = new BanView(about.channelId(), about.userId(), until, request.reason(), now);
        return moderate(about, (transaction, events, standing) -> {
            requireOutranked(standing);
            Act act = about.act(Action.BANNED, request.reason());
            return store.ban(transaction, ban)
                    .chain(() ->
                            store.put(transaction, until == null ? act : act.with("seconds", request.seconds()), now))
                    .invoke(() -> tellIfMember(about, standing, events))
                    .replaceWith(ban);
        });
    }

    private static void tellIfMember(Case about, Standing standing, Consumer<Event> events) {
        if (standing.otherRole() != null) {
            ChannelTopics.left(about.channelId(), about.userId()).forEach(events);
        }
    }

    /** Fails with 404 for who is not banned. */
    Uni<Void> unban(Case about) {
        return moderate(
                about,
                (transaction, events, standing) -> store.unban(transaction, about.channelId(), about.userId())
                        .invoke(wasBanned -> {
                            if (!wasBanned) {
                                throw ApiException.notFound("ban");
                            }
                        })
                        .chain(() -> store.put(transaction, about.act(Action.UNBANNED, ""), now())));
    }

    /** Bans that are not over, by the ids of users. */
    Uni<Page<BanView>> bans(UUID channelId, UUID callerId, String cursor, int limit) {
        String list = "bans:" + channelId;
        UUID after = position(list, cursor, FIRST);
        return requireModerator(channelId, callerId)
                .chain(() -> store.bans(channelId, after, now(), limit + 1))
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.userId())));
    }

    private UUID position(String list, String cursor, UUID start) {
        return cursor == null
                ? start
                : UUID.fromString(cursors.decode(list, cursor).get(0));
    }

    private Uni<ChannelAccess> requireModerator(UUID channelId, UUID callerId) {
        return channels.requireAccess(channelId, callerId).invoke(access -> requireModerator(access));
    }

    Uni<SettingsView> settings(UUID channelId, UUID callerId) {
        return requireModerator(channelId, callerId).chain(() -> store.settings(channelId));
    }

    Uni<SettingsView> updateSettings(UUID channelId, UUID callerId, UpdateSettingsRequest request) {
        String[] patterns = patterns(request.blockedWords());
        Case about = new Case(channelId, callerId, null);
        return moderate(about, (transaction, events, standing) -> {
            requireMayChange(standing.access(), request);
            return store.updateSettings(transaction, channelId, request, patterns)
                    .call(settings -> store.put(transaction, changed(about, settings), now()));
        });
    }

    private static void requireMayChange(ChannelAccess access, UpdateSettingsRequest request) {
        if (request.retentionDays() != null && !access.isOwner()) {
            throw ApiException.forbidden("Only owners say how long messages are kept");
        }
    }

    private static Act changed(Case about, SettingsView settings) {
        return about.act(Action.SETTINGS_CHANGED, "")
                .with("slowModeSeconds", settings.slowModeSeconds())
                .with("blockedWords", settings.blockedWords().size())
                .with("retentionDays", settings.retentionDays());
    }

    private static String[] patterns(List<String> words) {
        if (words == null) {
            return null;
        }
        String[] patterns = words.stream().map(WordFilter::patternOf).distinct().toArray(String[]::new);
        if (List.of(patterns).stream().anyMatch(String::isBlank)) {
            throw ApiException.invalid("blockedWords", "must hold letters or digits each");
        }
        return patterns;
    }

    /** Reports a message to those who moderate the channel; who reports it again gets the first report back. */
    Uni<ReportView> report(UUID channelId, long seq, UUID userId, ReportRequest request) {
        return channels.requireMemberNow(channelId, userId)
                .invoke(ModerationService::requireModerated)
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
        UUID after = position(list, cursor, FIRST);
        return requireModerator(channelId, callerId)
                .chain(() -> store.reports(channelId, status, after, limit + 1))
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.id())));
    }

    /** Says what becomes of a report; fails with 409 where that was said before otherwise. */
    Uni<ReportView> resolve(UUID channelId, UUID callerId, UUID reportId, ReportStatus status) {
        if (status == ReportStatus.OPEN) {
            throw ApiException.invalid("status", "must be dismissed or upheld");
        }
        Case about = new Case(channelId, callerId, null);
        return this.<ReportView>moderate(
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
            return done();
        }
        Action action = report.status() == ReportStatus.UPHELD ? Action.REPORT_UPHELD : Action.REPORT_DISMISSED;
        Act act = new Case(about.channelId(), about.callerId(), report.authorId()).act(action, "");
        return store.put(transaction, act.about(report.seq()), now());
    }

    private Uni<ReportView> resolvedBefore(UUID channelId, UUID reportId, ReportStatus status) {
        return store.findReport(channelId, reportId).invoke(report -> {
            if (report == null) {
                throw ApiException.notFound("report");
            }
            if (report.status() != status) {
                throw ApiException.conflict("report-resolved", "This report was resolved otherwise");
            }
        });
    }

    /** Newest first. */
    Uni<Page<ActView>> acts(UUID channelId, UUID callerId, String cursor, int limit) {
        String list = "acts:" + channelId;
        UUID before = position(list, cursor, LAST);
        return requireModerator(channelId, callerId)
                .chain(() -> store.acts(channelId, before, limit + 1))
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.id())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
