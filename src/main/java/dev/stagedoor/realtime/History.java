package dev.stagedoor.realtime;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What was published lately: in Redis, and where that is away or has not enough of it, in PostgreSQL. */
@ApplicationScoped
class History {

    /** Publications read at once. */
    static final int PAGE = 500;

    private final RedisBus redis;
    private final HistoryStore store;

    History(RedisBus redis, HistoryStore store) {
        this.redis = redis;
        this.store = store;
    }

    /**
     * The first publications after a position, up to a newer one, without a gap; none where they are not kept any more.
     */
    Uni<List<Publication>> missed(String topic, Position after, Position newest) {
        return redis.missed(topic, after, PAGE)
                .onFailure()
                .recoverWithItem(List.of())
                .map(found -> withoutGap(after, newest, found))
                .chain(found -> isEnough(found, newest)
                        ? Uni.createFrom().item(found)
                        : store.missed(topic, after, PAGE).map(rows -> withoutGap(after, newest, rows)));
    }

    private static boolean isEnough(List<Publication> found, Position newest) {
        return found.size() == PAGE
                || (!found.isEmpty() && found.get(found.size() - 1).position().offset() >= newest.offset());
    }

    /** What is newer was heard already by who asks. */
    private static List<Publication> withoutGap(Position after, Position newest, List<Publication> found) {
        int length = 0;
        int most = Math.toIntExact(Math.min(found.size(), newest.offset() - after.offset()));
        while (length < most
                && found.get(length).position().equals(new Position(after.epoch(), after.offset() + length + 1))) {
            length++;
        }
        return found.subList(0, length);
    }

    /**
     * How to give a subscription what came after a position; empty where that is not kept any more, or the position is of
     * another time.
     */
    Uni<Optional<Replay>> replay(Subscription subscription, Position asked) {
        Position now = subscription.position();
        Position after = asked.epoch() == 0 ? new Position(now.epoch(), 0) : asked;
        if (after.epoch() != now.epoch() || after.offset() > now.offset()) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (after.offset() == now.offset()) {
            return Uni.createFrom().item(Optional.of(new Replay(this, List.of())));
        }
        return missed(subscription.topic(), after, now)
                .map(page -> page.isEmpty() ? Optional.empty() : Optional.of(new Replay(this, page)));
    }
}
