package dev.stagedoor.chat.moderation;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** What tests of moderation begin with: a public channel, and someone of each role in it. */
abstract class ModeratedChannel {

    Person owner;
    Person moderator;
    Person member;
    String channel;

    @BeforeEach
    void openChannel() {
        owner = Api.signUp();
        moderator = Api.signUp();
        member = Api.signUp();
        channel = Chat.create(owner, "public", moderator, member);
        changeRole(owner, moderator, "moderator").then().statusCode(200);
    }

    String path(String rest) {
        return Chat.channel(channel) + "/" + rest;
    }

    Response changeRole(Person caller, Person other, String role) {
        return put(caller, "roles/" + other.id(), Map.of("role", role));
    }

    Response put(Person caller, String rest, Map<String, ?> body) {
        return caller.request().body(body).put(path(rest));
    }

    Response settings(Person caller, Map<String, ?> body) {
        return caller.request().body(body).patch(path("moderation"));
    }

    Response say(Person author, String text) {
        return Chat.post(author, channel, Map.of("text", text));
    }
}
