package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.client.PusherOptions;
import com.pusher.client.channel.PresenceChannelEventListener;
import com.pusher.client.channel.PrivateChannel;
import com.pusher.client.channel.PrivateEncryptedChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.client.channel.User;
import com.pusher.client.connection.ConnectionState;
import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.PresenceUser;
import com.pusher.rest.data.Result;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.PusherSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clients for Java that people have: pusher-java-client, and pusher-http-java on their servers. */
@Tag("executable")
class JavaClientsIT {

    /** 32 bytes in base 64, for encrypted channels. */
    private static final String MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static Program program;
    private static Pusher server;

    private final List<com.pusher.client.Pusher> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        program = Program.ready(Program.environment());
        server = new Pusher(PusherSocket.APP_ID, PusherSocket.KEY, PusherSocket.SECRET, MASTER_KEY);
        server.setHost("127.0.0.1:" + program.port());
        server.setEncrypted(false);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        program.close();
    }

    @AfterEach
    void disconnect() {
        clients.forEach(com.pusher.client.Pusher::disconnect);
    }

    /** What a client hears of a channel, a line each. */
    private static final class Heard implements PresenceChannelEventListener, PrivateEncryptedChannelEventListener {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(PusherEvent event) {
            String from = event.getUserId() == null ? "" : " from " + event.getUserId();
            lines.add(event.getEventName() + from + " " + event.getData());
        }

        @Override
        public void onSubscriptionSucceeded(String channel) {
            lines.add("subscribed");
        }

        @Override
        public void onAuthenticationFailure(String message, Exception cause) {
            lines.add("refused");
        }

        @Override
        public void onError(String message, Exception cause) {
            lines.add("error " + message);
        }

        @Override
        public void onDecryptionFailure(String event, String reason) {
            lines.add("sealed " + reason);
        }

        @Override
        public void onUsersInformationReceived(String channel, Set<User> users) {
            lines.add("here " + users.stream().map(User::getId).sorted().toList());
        }

        @Override
        public void userSubscribed(String channel, User user) {
            lines.add("came " + user.getId() + " " + user.getInfo());
        }

        @Override
        public void userUnsubscribed(String channel, User user) {
            lines.add("went " + user.getId());
        }

        void await(String... wanted) {
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(lines).containsExactly(wanted));
        }
    }

    /** Connected, with a backend that signs whatever is asked of it, for this user. */
    private com.pusher.client.Pusher connect(String userId) {
        PusherOptions options = new PusherOptions()
                .setHost("127.0.0.1")
                .setWsPort(program.port())
                .setUseTLS(false)
                .setChannelAuthorizer((channel, socketId) -> channel.startsWith("presence-")
                        ? server.authenticate(socketId, channel, new PresenceUser(userId, Map.of("name", userId)))
                        : server.authenticate(socketId, channel))
                .setUserAuthenticator(socketId -> signIn(socketId, userId));
        com.pusher.client.Pusher client = new com.pusher.client.Pusher(PusherSocket.KEY, options);
        clients.add(client);
        client.connect();
        awaitThat(() -> client.getConnection().getState() == ConnectionState.CONNECTED);
        return client;
    }

    /** The library for servers has nothing for it. */
    private static String signIn(String socketId, String userId) {
        String user = new JsonObject().put("id", userId).encode();
        String signature = PusherSocket.sign(socketId + "::user::" + user);
        return new JsonObject()
                .put("auth", PusherSocket.KEY + ":" + signature)
                .put("user_data", user)
                .encode();
    }

    private static void awaitThat(BooleanSupplier condition) {
        await().until(condition::getAsBoolean);
    }

    private static void assertTaken(Result result) {
        assertThat(result.getHttpStatus()).as(result.getMessage()).isEqualTo(200);
    }

    private static String unique(String prefix) {
        return prefix + Api.uniqueName();
    }

    @Test
    void aPublicChannelGivesWhatAServerTriggersInOrder() {
        String channel = unique("room-");
        Heard heard = new Heard();
        connect("ada").subscribe(channel, heard, "news");
        heard.await("subscribed");

        assertTaken(server.trigger(channel, "news", Map.of("n", 1)));
        assertTaken(server.trigger(
                List.of(new Event(channel, "news", Map.of("n", 2)), new Event(channel, "news", Map.of("n", 3)))));

        heard.await("subscribed", "news {\"n\":1}", "news {\"n\":2}", "news {\"n\":3}");
    }

    @Test
    void aSenderDoesNotHearWhatItTriggeredWithItsSocketId() {
        String channel = unique("room-");
        Heard sender = new Heard();
        Heard other = new Heard();
        com.pusher.client.Pusher client = connect("ada");
        client.subscribe(channel, sender, "news");
        connect("bob").subscribe(channel, other, "news");
        sender.await("subscribed");
        other.await("subscribed");

        assertTaken(server.trigger(
                channel, "news", Map.of("n", 1), client.getConnection().getSocketId()));
        assertTaken(server.trigger(channel, "news", Map.of("n", 2)));

        other.await("subscribed", "news {\"n\":1}", "news {\"n\":2}");
        sender.await("subscribed", "news {\"n\":2}");
    }

    @Test
    void clientEventsReachTheOthersOnPrivateChannels() {
        String channel = unique("private-");
        Heard talker = new Heard();
        Heard listener = new Heard();
        PrivateChannel talking = connect("ada").subscribePrivate(channel, talker, "client-move");
        connect("bob").subscribePrivate(channel, listener, "client-move");
        talker.await("subscribed");
        listener.await("subscribed");

        talking.trigger("client-move", "{\"x\":1}");

        listener.await("subscribed", "client-move {\"x\":1}");
        talker.await("subscribed");
    }

    @Test
    void presenceTellsWhoIsHereWhoComesAndWhoGoes() {
        String channel = unique("presence-");
        Heard ada = new Heard();
        Heard bob = new Heard();
        connect("ada").subscribePresence(channel, ada);
        awaitThat(() -> ada.lines.contains("subscribed"));
        com.pusher.client.Pusher clientOfBob = connect("bob");
        clientOfBob.subscribePresence(channel, bob);
        awaitThat(() -> bob.lines.contains("here [ada, bob]"));
        assertThat(server.get("/channels/" + channel + "/users").getMessage())
                .contains("{\"id\":\"ada\"}", "{\"id\":\"bob\"}");

        clientOfBob.unsubscribe(channel);

        awaitThat(() -> ada.lines.contains("went bob"));
        assertThat(ada.lines)
                .containsExactlyInAnyOrder("subscribed", "here [ada]", "came bob {\"name\":\"bob\"}", "went bob");
    }

    @Test
    void encryptedChannelsAreReadByWhoHasTheKey() {
        String channel = unique("private-encrypted-");
        Heard heard = new Heard();
        connect("ada").subscribePrivateEncrypted(channel, heard, "sealed");
        heard.await("subscribed");

        assertTaken(server.trigger(channel, "sealed", Map.of("pin", 4711)));

        heard.await("subscribed", "sealed {\"pin\":4711}");
    }

    @Test
    void whoIsSignedInGetsWhatIsSentToTheUser() {
        String userId = unique("user");
        Heard heard = new Heard();
        com.pusher.client.Pusher client = connect(userId);
        client.user().bind("note", heard);
        client.signin();
        awaitThat(() -> userId.equals(client.user().userId()));

        // The library for servers knows no such channel; it is one all the same.
        await().untilAsserted(() -> {
            String body = new JsonObject()
                    .put("name", "note")
                    .put("channel", "#server-to-user-" + userId)
                    .put("data", "{\"n\":1}")
                    .encode();
            assertTaken(server.post("/events", body));
            assertThat(heard.lines).contains("note {\"n\":1}");
        });
    }

    @Test
    void queriesAnswerAndRefusalsSayWhy() {
        String channel = unique("room-");
        Heard heard = new Heard();
        connect("ada").subscribe(channel, heard);
        heard.await("subscribed");

        await().untilAsserted(() -> assertThat(server.get("/channels/" + channel, Map.of("info", "subscription_count"))
                        .getMessage())
                .contains("\"occupied\":true", "\"subscription_count\":1"));
        assertThat(server.get("/channels/" + channel + "/users").getHttpStatus())
                .isEqualTo(400);
        Pusher forger = new Pusher(PusherSocket.APP_ID, PusherSocket.KEY, "not the secret of the app");
        forger.setHost("127.0.0.1:" + program.port());
        assertThat(forger.trigger(channel, "news", "x").getStatus()).isEqualTo(Result.Status.AUTHENTICATION_ERROR);
    }
}
