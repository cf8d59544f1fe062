package dev.stagedoor.realtime;

import java.util.List;

/** Gives a subscription what was missed before it, a page at a time, as fast as its receiver takes it. */
final class Replay {

    /** Publications sent before there must be room again: much less than a connection's queue takes. */
    private static final int AT_ONCE = 32;

    private final History history;
    private final List<Publication> firstPage;

    Replay(History history, List<Publication> firstPage) {
        this.history = history;
        this.firstPage = firstPage;
    }

    void run(Subscription subscription) {
        pass(subscription, firstPage, 0);
    }

    private void pass(Subscription subscription, List<Publication> page, int from) {
        int to = Math.min(page.size(), from + AT_ONCE);
        // Who may listen now was asked after all that is replayed.
        page.subList(from, to).stream()
                .filter(publication -> !Revocation.is(publication))
                .forEach(subscription::pass);
        if (to == page.size() && isComplete(subscription, page)) {
            subscription.release();
        } else {
            subscription.receiver().drained().onSuccess(room -> goOn(subscription, page, to));
        }
    }

    private void goOn(Subscription subscription, List<Publication> page, int from) {
        if (from < page.size()) {
            pass(subscription, page, from);
        } else {
            next(subscription, page.get(page.size() - 1).position());
        }
    }

    private static boolean isComplete(Subscription subscription, List<Publication> page) {
        return page.isEmpty()
                || page.get(page.size() - 1).position().offset()
                        >= subscription.position().offset();
    }

    private void next(Subscription subscription, Position after) {
        if (subscription.isCancelled()) {
            return;
        }
        history.missed(subscription.topic(), after, subscription.position())
                .emitOn(task -> subscription.receiver().context().runOnContext(ignored -> task.run()))
                .subscribe()
                .with(page -> continueWith(subscription, page), failure -> giveUp(subscription));
    }

    private void continueWith(Subscription subscription, List<Publication> page) {
        if (page.isEmpty()) {
            giveUp(subscription);
        } else {
            pass(subscription, page, 0);
        }
    }

    /** Who is told that something was missed still gets what comes. */
    private static void giveUp(Subscription subscription) {
        subscription.missed();
        subscription.release();
    }
}
