package dev.stagedoor.realtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it receives. */
final class Recorder implements Receiver {

    private final Context context;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<String> missed = new CopyOnWriteArrayList<>();

    Recorder(Vertx vertx) {
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public void receive(Subscription subscription, Message message) {
        messages.add(message);
    }

    @Override
    public void missed(Subscription subscription) {
        missed.add(subscription.topic());
    }

    @Override
    public Future<Void> drained() {
        return Future.succeededFuture();
    }

    List<String> names() {
        return messages.stream().map(Message::name).toList();
    }

    List<Long> offsets() {
        return messages.stream()
                .map(message -> ((Publication) message).position().offset())
                .toList();
    }

    List<Message> messages() {
        return messages;
    }

    List<String> missed() {
        return missed;
    }
}
