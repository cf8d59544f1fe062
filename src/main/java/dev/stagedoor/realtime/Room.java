package dev.stagedoor.realtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Whether there is room in the queue of a connection, for who waits for it. To be used on the connection's context. */
public final class Room {

    private Promise<Void> waiting;

    /** Succeeds at once where there is, else at the next {@link #made}. */
    public Future<Void> awaited(boolean isThere) {
        if (isThere) {
            return Future.succeededFuture();
        }
        if (waiting == null) {
            waiting = Promise.promise();
        }
        return waiting.future();
    }

    public void made() {
        if (waiting != null) {
            Promise<Void> done = waiting;
            waiting = null;
            done.complete();
        }
    }
}
