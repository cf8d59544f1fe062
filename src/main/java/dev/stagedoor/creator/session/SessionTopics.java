package dev.stagedoor.creator.session;

import dev.stagedoor.account.api.UserTopic;
import dev.stagedoor.creator.CreatorTags;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.wallet.api.WalletTags;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What both of a session are told of it, and what it makes stale. */
final class SessionTopics {

    private SessionTopics() {}

    /** After a step, or a new one. */
    static List<Event> changed(Session session) {
        SessionView view = session.toView();
        List<String> keys = keys(view);
        return Stream.of(session.creatorId(), session.userId())
                .map(personId -> Event.of(UserTopic.of(personId), "session.updated", view, keys))
                .toList();
    }

    /** The query keys that a step of a session makes stale. */
    static List<String> keys(SessionView session) {
        return Stream.concat(
                        Stream.of(session.creatorId(), session.userId())
                                .flatMap(id -> Stream.of(sessionsOf(id), WalletTags.walletOf(id))),
                        stale(session).stream())
                .toList();
    }

    /** What is cached of its creator that a step of a session makes stale. */
    static List<String> stale(SessionView session) {
        return session.isCompleted()
                ? CreatorTags.ofCountedSession(session.creatorId())
                : List.of(CreatorTags.slots(session.creatorId()));
    }

    private static String sessionsOf(UUID personId) {
        return "user:" + personId + ":sessions";
    }
}
