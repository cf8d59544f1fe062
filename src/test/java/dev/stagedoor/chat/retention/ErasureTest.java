package dev.stagedoor.chat.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ErasureTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Person ada;
    private Person bob;
    private String channel;

    @BeforeEach
    void openChannel() {
        ada = Api.signUp();
        bob = Api.signUp();
        channel = Chat.create(ada, "private", bob);
    }

    private void erase(Person person) {
        person.request().delete("/api/v1/users/me").then().statusCode(204);
    }

    private static void awaitForgotten(Person person) {
        await().atMost(PATIENCE)
                .until(() -> Database.query("SELECT 1 FROM chat_erasure WHERE user_id = '" + person.id() + "'")
                        .isEmpty());
    }

    private List<Map<String, Object>> messages() {
        return Chat.allMessages(ada, channel);
    }

    private List<?> found(String query) {
        return ada.request()
                .queryParam("q", query)
                .get("/api/v1/search/messages")
                .then()
                .statusCode(200)
                .extract()
                .path("data");
    }

    @Test
    void whatSomeoneSaidIsGoneFromTheMomentOfTheAnswer() {
        Chat.say(bob, channel, "My secret plan");
        Chat.post(
                        bob,
                        channel,
                        Map.of(
                                "attachments",
                                List.of(Map.of(
                                        "name",
                                        "plan.pdf",
                                        "type",
                                        "application/pdf",
                                        "size",
                                        1,
                                        "url",
                                        "https://example.org/plan.pdf"))))
                .then()
                .statusCode(201);
        assertThat(messages()).extracting(message -> message.get("text")).containsExactly("My secret plan", "");
        assertThat(found("secret")).hasSize(1);
        assertThat(Chat.get(ada, Chat.CHANNELS).getString("data[0].lastMessage.author.username"))
                .isEqualTo(bob.username());

        erase(bob);

        assertThat(messages()).allSatisfy(message -> {
            assertThat(message).containsEntry("text", "").containsEntry("attachments", List.of());
            assertThat(message.get("deletedAt")).isNotNull();
            assertThat((Map<?, ?>) message.get("author"))
                    .isEqualTo(Map.of("id", bob.id(), "username", "erased-" + bob.id(), "displayName", "Erased"));
        });
        assertThat(found("secret")).isEmpty();
        assertThat(Chat.get(ada, Chat.CHANNELS).getString("data[0].lastMessage.author.username"))
                .startsWith("erased-");
    }

    private void bobSaysMuchInManyWays() {
        for (int i = 0; i < 205; i++) {
            Chat.say(bob, channel, "My secret plan " + i);
        }
        Chat.post(bob, channel, Map.of("text", "Secret reply", "replyTo", 1))
                .then()
                .statusCode(201);
        Chat.post(
                        bob,
                        channel,
                        Map.of(
                                "text",
                                "Another",
                                "replyTo",
                                Chat.send(ada, channel, "Mine").getInt("seq")))
                .then()
                .statusCode(201);
        bob.request()
                .body(Map.of("text", "Edited secret"))
                .patch(Chat.messages(channel) + "/2")
                .then()
                .statusCode(200);
        ada.request()
                .body(Map.of("reason", "spam"))
                .post(Chat.messages(channel) + "/3/reports")
                .then()
                .statusCode(200);
    }

    @Test
    void nothingOfItStaysInTheDatabase() {
        bobSaysMuchInManyWays();
        long before = Chat.get(ada, Chat.channel(channel)).getLong("lastChange");

        erase(bob);
        awaitForgotten(bob);

        for (String table : List.of("message", "message_edit", "message_search", "message_report")) {
            assertThat(Database.query("SELECT count(*) FROM " + table
                            + " WHERE text ILIKE '%secret%' AND channel_id = '" + channel + "'"))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(Chat.get(ada, Chat.channel(channel)).getInt("memberCount")).isEqualTo(1);
        assertThat(Chat.get(ada, Chat.channel(channel)).getLong("lastChange")).isEqualTo(before + 207);
        assertThat(messages().get(206)).containsEntry("text", "Mine").containsEntry("replyCount", 0);
        assertThat(messages().get(0)).containsEntry("replyCount", 0);
        assertThat(Chat.get(ada, Chat.channel(channel) + "/sync?after=" + before + "&limit=1")
                        .getString("data[0].type"))
                .isEqualTo("deleted");
    }

    @Test
    void whatWasMadeWithAnAccessTokenThatStillLivesIsOfNoUse() {
        erase(bob);
        String key = bob.request()
                .body(Map.of("name", "late", "scopes", List.of("profile:read")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        Api.undocumented()
                .header("X-API-Key", key)
                .get("/api/v1/users/me")
                .then()
                .statusCode(401);
        bob.request()
                .header("If-Match", "*")
                .body(Map.of("displayName", "Bob again"))
                .patch("/api/v1/users/me")
                .then()
                .statusCode(404);
    }

    @Test
    void whoIsErasedCannotSignInNorIsAddedAnywhere() {
        erase(bob);

        Api.request()
                .body(Map.of("username", bob.username(), "password", Api.PASSWORD))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(401);
        Api.request()
                .body(Map.of("refreshToken", bob.refreshToken()))
                .post("/api/v1/auth/refresh")
                .then()
                .statusCode(401);
        awaitForgotten(bob);
        Chat.post(bob, channel, Map.of("text", "Still here?")).then().statusCode(404);
        ada.request()
                .body(Map.of("userId", bob.id()))
                .post(Chat.members(channel))
                .then()
                .statusCode(400);
        ada.request()
                .body(Chat.newChannel("direct", null, List.of(bob.id())))
                .post(Chat.CHANNELS)
                .then()
                .statusCode(400);
        ada.request()
                .get("/api/v1/users/" + bob.id())
                .then()
                .statusCode(200)
                .body("username", startsWith("erased-"))
                .body("displayName", equalTo("Erased"));
    }

    @Test
    void aNameIsFreeAgain() {
        erase(bob);

        Person other = Api.signUp(bob.username());

        assertThat(other.id()).isNotEqualTo(bob.id());
    }

    @Test
    void onlyOneselfAndAdminsErase() {
        ada.request().delete("/api/v1/users/" + bob.id()).then().statusCode(403);
        Api.request().delete("/api/v1/users/me").then().statusCode(401);

        Api.admin().request().delete("/api/v1/users/" + bob.id()).then().statusCode(204);

        Api.admin().request().delete("/api/v1/users/" + bob.id()).then().statusCode(404);
        Api.admin().request().delete("/api/v1/users/" + Chat.UNKNOWN_ID).then().statusCode(404);
    }
}
