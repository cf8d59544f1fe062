package dev.stagedoor.realtime;

import io.vertx.core.Context;
import io.vertx.core.Future;

/** A connection that listens to topics. The hub calls it on its own context only, and never waits for it. */
public interface Receiver {

    /** The context of an event loop, the same as long as it listens. */
    Context context();

    /** Takes a message; those of a topic come in order. */
    void receive(Subscription subscription, Message message);

    /** Something was missed that cannot be had any more: what the client knows of the topic is stale. */
    void missed(Subscription subscription);

    /** Succeeds once there is room for more; of interest to who sends much at once. */
    Future<Void> drained();
}
