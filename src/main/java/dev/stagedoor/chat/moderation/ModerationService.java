package dev.stagedoor.chat.moderation;

import dev.stagedoor.chat.ChannelAccess;
import dev.stagedoor.chat.ChannelTopics;
import dev.stagedoor.chat.MembershipView;
import dev.stagedoor.chat.Visibility;
import dev.stagedoor.chat.WordFilter;
import dev.stagedoor.chat.moderation.ModerationStore.Act;
import dev.stagedoor.chat.moderation.ModerationStore.Standing;
import dev.stagedoor.chat.moderation.Moderators.Case;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Event;
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
    private final Moderators moderators;
    private final Cursors cursors;
    private final Clock clock;

    ModerationService(ModerationStore store, Moderators moderators, Cursors cursors, Clock clock) {
        this.store = store;
        this.moderators = moderators;
        this.cursors = cursors;
        this.clock = clock;
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
        return moderators.moderate(about, (transaction, events, standing) -> {
            requireMember(standing);
            if (!standing.access().isOwner()) {
                throw ApiException.forbidden("Only an owner changes roles");
            }
            if (standing.otherRole() == Role.OWNER && role != Role.OWNER && standing.owners() == 1) {
                throw ApiException.conflict("last-owner", "A channel keeps an owner");
            }
            MembershipView view =
                    new MembershipView(about.channelId(), about.userId(), role.wireName(), standing.otherJoinedAt());
            return role == standing.otherRole()
                    ? Uni.createFrom().item(view)
                    : changeRole(transaction, about, role)
                            .invoke(() -> events.accept(ChannelTopics.updated(view)))
                            .replaceWith(view);
        });
    }

    private Uni<Void> changeRole(Transaction transaction, Case about, Role role) {
        Act act = about.act(Action.ROLE_CHANGED, "").with("role", role.wireName());
        return store.changeRole(transaction, about.channelId(), about.userId(), role)
                .chain(() -> store.put(transaction, act, now()));
    }

    /** Keeps a member from writing for a time, from now on. */
    Uni<MuteView> mute(Case about, MuteRequest request) {
        Instant until = now().plusSeconds(request.seconds());
        return moderators.moderate(about, (transaction, events, standing) -> {
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
        return moderators.moderate(about, (transaction, events, standing) -> {
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
        return moderators.moderate(about, (transaction, events, standing) -> {
            requireOutranked(standing);
            Act act = about.act(Action.BANNED, request.reason());
            return store.ban(transaction, ban)
                    .chain(() ->
                            store.put(transaction, until == null ? act : act.with("seconds", request.seconds()), now))
                    .invoke(() -> tellIfListening(about, standing, events))
                    .replaceWith(ban);
        });
    }

    /** Who left the chat of a stream may still listen. */
    private static void tellIfListening(Case about, Standing standing, Consumer<Event> events) {
        if (standing.otherRole() != null || standing.access().visibility() == Visibility.STREAM) {
            ChannelTopics.left(about.channelId(), about.userId()).forEach(events);
        }
    }

    /** Fails with 404 for who is not banned. */
    Uni<Void> unban(Case about) {
        return moderators.moderate(
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
        return moderators
                .require(channelId, callerId)
                .chain(() -> store.bans(channelId, after, now(), limit + 1))
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.userId())));
    }

    private UUID position(String list, String cursor, UUID start) {
        return cursor == null
                ? start
                : UUID.fromString(cursors.decode(list, cursor).get(0));
    }

    Uni<SettingsView> settings(UUID channelId, UUID callerId) {
        return moderators.require(channelId, callerId).chain(() -> store.settings(channelId));
    }

    Uni<SettingsView> updateSettings(UUID channelId, UUID callerId, UpdateSettingsRequest request) {
        String[] patterns = patterns(request.blockedWords());
        Case about = new Case(channelId, callerId, null);
        return moderators.moderate(about, (transaction, events, standing) -> {
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

    /** Newest first. */
    Uni<Page<ActView>> acts(UUID channelId, UUID callerId, String cursor, int limit) {
        String list = "acts:" + channelId;
        UUID before = position(list, cursor, LAST);
        return moderators
                .require(channelId, callerId)
                .chain(() -> store.acts(channelId, before, limit + 1))
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.id())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
