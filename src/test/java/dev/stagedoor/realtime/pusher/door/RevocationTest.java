package dev.stagedoor.realtime.pusher.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.pusher.Authorization;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.PusherSocket;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not listen any more does not, though what it has signed names nobody, and is good for as long as the connection. */
@StagedoorTest
class RevocationTest {

    private static final int COME_AGAIN = 4200;

    @Inject
    Relay relay;

    private Person owner;
    private Person member;
    private String channelId;

    @BeforeEach
    void makeAChannel() {
        owner = Api.signUp();
        member = Api.signUp();
        channelId = Chat.create(owner, "private", member);
    }

    private static PusherSocket connect() {
        return PusherSocket.open("http://localhost:" + RestAssured.port);
    }

    /** What a client sends to subscribe, as our own backend lets it. */
    private static JsonObject subscription(Person person, PusherSocket socket, String channel) {
        String answer = person.request()
                .contentType(ContentType.URLENC)
                .formParam("socket_id", socket.socketId())
                .formParam("channel_name", channel)
                .post("/pusher/auth")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return new JsonObject(answer).put("channel", channel);
    }

    private static PusherSocket subscribed(Person person, String channel) {
        PusherSocket socket = connect();
        socket.send("pusher:subscribe", subscription(person, socket, channel));
        return socket.awaitSubscribed(channel);
    }

    private void removeMember() {
        owner.request()
                .delete(Chat.members(channelId) + "/" + member.id())
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-channel-", "presence-channel-"})
    void whoIsRemovedIsSentAwayAndNobodyElse(String kind) {
        String channel = kind + channelId;
        try (PusherSocket stays = subscribed(owner, channel);
                PusherSocket goes = subscribed(member, channel);
                PusherSocket comesBack = connect()) {
            removeMember();

            assertThat(goes.closed().join()).isEqualTo(COME_AGAIN);
            member.request()
                    .contentType(ContentType.URLENC)
                    .formParam("socket_id", comesBack.socketId())
                    .formParam("channel_name", channel)
                    .post("/pusher/auth")
                    .then()
                    .statusCode(403);
            stays.unsubscribe(channel);
            stays.send("pusher:subscribe", subscription(owner, stays, channel));
            await().until(() -> stays.received(PusherSocket.SUBSCRIBED, channel).size() == 2);
            assertThat(stays.isOpen()).isTrue();
        }
    }

    @Test
    void whoLeavesABackstageHearsNoMoreOfIt() {
        String streamId = Streams.create(owner);
        Streams.invite(owner, streamId, member, "guest");
        try (PusherSocket stays = subscribed(owner, "private-backstage-" + streamId);
                PusherSocket goes = subscribed(member, "private-backstage-" + streamId)) {
            Streams.move(member, streamId, member, "left").then().statusCode(200);

            assertThat(goes.closed().join()).isEqualTo(COME_AGAIN);
            assertThat(stays.await("participant.updated", "private-backstage-" + streamId))
                    .isNotNull();
            assertThat(stays.isOpen()).isTrue();
        }
    }

    @Test
    void aSignatureFromBeforeTheRemovalIsNoGood() {
        String channel = "private-channel-" + channelId;
        try (PusherSocket socket = connect()) {
            JsonObject kept = subscription(member, socket, channel);
            removeMember();

            socket.send("pusher:subscribe", kept);

            assertThat(socket.await("pusher:subscription_error", channel)).isNotNull();
            Chat.say(owner, channelId, "nobody else hears this");
            socket.subscribe("public-" + channelId);
            assertThat(socket.awaitSubscribed("public-" + channelId).received("message.created", channel))
                    .isEmpty();
        }
    }

    @Test
    void ofWhomNothingIsKnownHasToComeAgain() {
        String channel = "private-channel-" + channelId;
        try (PusherSocket socket = connect()) {
            socket.subscribe(channel);
            PusherSocket subscribed = socket.awaitSubscribed(channel);

            removeMember();

            assertThat(subscribed.closed().join()).isEqualTo(COME_AGAIN);
        }
    }

    @Test
    void whoseASubscriptionIsMayBecomeKnownLate() {
        String channel = "private-channel-" + channelId;
        try (PusherSocket ofMember = connect();
                PusherSocket ofStranger = connect()) {
            for (PusherSocket socket : List.of(ofMember, ofStranger)) {
                socket.subscribe(channel);
                assertThat(socket.awaitSubscribed(channel).isOpen()).isTrue();
            }

            relay.post(authorization(channel, member).toSignal(ofMember.socketId()));
            relay.post(authorization(channel, Api.signUp()).toSignal(ofStranger.socketId()));

            assertThat(ofStranger.closed().join()).isEqualTo(COME_AGAIN);
            assertThat(ofMember.isOpen()).isTrue();
        }
    }

    private static Authorization authorization(String channel, Person person) {
        return new Authorization(channel, new Listener(UUID.fromString(person.id()), Set.of("chat:read"), null));
    }
}
