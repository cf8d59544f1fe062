package dev.stagedoor.realtime.supabase;

import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.Receiver;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.Subscription;
import dev.stagedoor.realtime.access.Listener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A channel that a client takes part in, from its join to its leave. To be used on the client's context only. */
final class JoinedChannel implements Receiver {

    private static final String PREFIX = "realtime:";
    private static final int MAX_NAME = 200;

    /** Who may not join a private channel must not hear it by joining a public one of its name. */
    private static final String PUBLIC = "supabase:";

    private static final String PRIVATE = "supabase-private:";

    private final SupabaseClient client;
    private final Phrase asked;
    private final String name;
    private final JoinRequest request;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Listener listener = Listener.NOBODY;
    private Long expiry;
    private boolean hasBegun;
    private boolean hasEnded;

    private JoinedChannel(SupabaseClient client, Phrase asked, String name, JoinRequest request) {
        this.client = client;
        this.asked = asked;
        this.name = name;
        this.request = request;
    }

    /** Fails with a {@link Refusal} where nobody may join so. */
    static JoinedChannel of(SupabaseClient client, Phrase asked, Tables tables) {
        if (!asked.topic().startsWith(PREFIX)) {
            throw new Refusal("the topic does not begin with " + PREFIX);
        }
        String name = asked.topic().substring(PREFIX.length());
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("the name is not 1 to " + MAX_NAME + " printable characters");
        }
        return new JoinedChannel(client, asked, name, JoinRequest.parse(asked.payload(), tables));
    }

    String topic() {
        return asked.topic();
    }

    String name() {
        return name;
    }

    JoinRequest request() {
        return request;
    }

    /** Whether a message is of this join, not of one before it. */
    boolean isOf(Phrase phrase) {
        return phrase.joinRef() == null || phrase.joinRef().equals(asked.joinRef());
    }

    /** The topics of the hub that it listens to. */
    List<String> hubTopics() {
        return Stream.concat(ownTopics(), tableTopics().stream()).distinct().toList();
    }

    /** Of a private channel also the topic of its name: there it is told who may not listen any more. */
    private Stream<String> ownTopics() {
        return request.isPrivate() ? Stream.of(broadcastTopic(), name) : Stream.of(broadcastTopic());
    }

    List<String> tableTopics() {
        return request.bindings().stream().map(Binding::topic).distinct().toList();
    }

    String broadcastTopic() {
        return (request.isPrivate() ? PRIVATE : PUBLIC) + name;
    }

    @Override
    public Context context() {
        return client.context();
    }

    Listener listener() {
        return listener;
    }

    /**
     * Says who takes part.
     *
     * @param millis how long the token is good for; empty for ever
     */
    void identify(Listener who, OptionalLong millis) {
        listener = who;
        cancelExpiry();
        if (!hasEnded && millis.isPresent()) {
            expiry = context().owner().setTimer(millis.getAsLong(), timer -> expired());
        }
    }

    private void cancelExpiry() {
        if (expiry != null) {
            context().owner().cancelTimer(expiry);
            expiry = null;
        }
    }

    /** On whatever context the timer was set. */
    private void expired() {
        context().runOnContext(ignored -> client.revoke(this, "the access token has expired"));
    }

    void add(Subscription subscription) {
        if (hasEnded) {
            subscription.cancel();
        } else {
            subscriptions.add(subscription);
        }
    }

    /** Answers the join, and begins. */
    void begin() {
        hasBegun = true;
        JsonArray bindings = new JsonArray(
                request.bindings().stream().map(Binding::described).toList());
        client.send(asked.reply("ok", new JsonObject().put("postgres_changes", bindings)));
        if (request.wantsPresence()) {
            tell("presence_state", new JsonObject());
        }
        if (!bindings.isEmpty()) {
            system("postgres_changes", "ok", "Subscribed to PostgreSQL");
        }
        subscriptions.forEach(Subscription::start);
    }

    /** Whether the client was told that it takes part. */
    boolean hasBegun() {
        return hasBegun;
    }

    void refused(String reason) {
        client.send(asked.refuse(reason));
    }

    /** What the client shows to its developer. */
    void system(String extension, String status, String message) {
        tell(
                "system",
                new JsonObject()
                        .put("channel", name)
                        .put("extension", extension)
                        .put("status", status)
                        .put("message", message));
    }

    /** Says something of this join. */
    void tell(String event, JsonObject payload) {
        client.send(new Phrase(asked.joinRef(), null, asked.topic(), event, payload));
    }

    @Override
    public void receive(Subscription subscription, Message message) {
        Optional<String> revoked = Revocation.userId(message);
        if (revoked.isPresent()) {
            revoke(revoked.get());
        } else if (!subscription.topic().equals(broadcastTopic())) {
            changed(subscription.topic(), message);
        } else if (message instanceof Signal signal && !client.id().equals(signal.exceptSocket())) {
            broadcast(signal);
        }
    }

    private void revoke(String user) {
        if (listener.is(user)) {
            client.admitAgain(this);
        }
    }

    private void broadcast(Signal signal) {
        SharedFrames.Key key = new SharedFrames.Key(client.version(), topic(), "", 0, List.of());
        client.send(signal.as(SharedFrames.ENCODING)
                .get(
                        key,
                        () -> encode(
                                "broadcast",
                                "{\"type\":\"broadcast\",\"event\":" + Json.encode(signal.name()) + ",\"payload\":"
                                        + signal.data() + "}")));
    }

    private void changed(String topic, Message message) {
        request.bindings().stream()
                .filter(binding -> binding.topic().equals(topic))
                .map(Binding::table)
                .distinct()
                .forEach(table -> tell(table, message.as(table), message));
    }

    private void tell(Tables.Table table, List<Tables.Told> changes, Message message) {
        for (int place = 0; place < changes.size(); place++) {
            tell(table, changes.get(place), place, message);
        }
    }

    private void tell(Tables.Table table, Tables.Told told, int place, Message message) {
        List<Integer> ids = request.bindings().stream()
                .filter(binding -> binding.table() == table && binding.topic().equals(message.topic()))
                .filter(binding -> binding.matches(told.change()))
                .map(Binding::id)
                .toList();
        if (!ids.isEmpty()) {
            SharedFrames.Key key = new SharedFrames.Key(
                    client.version(), topic(), table.published().name(), place, ids);
            client.send(message.as(SharedFrames.ENCODING)
                    .get(key, () -> encode("postgres_changes", changes(ids, told))));
        }
    }

    private static String changes(List<Integer> ids, Tables.Told told) {
        return "{\"ids\":" + ids.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")) + ",\"data\":"
                + told.json() + "}";
    }

    private String encode(String event, String payload) {
        return Phrase.encode(client.version(), null, null, topic(), event, payload);
    }

    /** The client is to join anew, and to read anew what it shows. */
    @Override
    public void missed(Subscription subscription) {
        tell("phx_error", new JsonObject().put("reason", "changes were missed"));
        client.forget(this);
    }

    @Override
    public Future<Void> drained() {
        return client.drained();
    }

    void end() {
        hasEnded = true;
        cancelExpiry();
        subscriptions.forEach(Subscription::cancel);
    }
}
