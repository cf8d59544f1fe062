package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class ChannelResourceTest {

    @Test
    void whoCreatesAChannelOwnsIt() {
        Person ada = Api.signUp();
        String name = Api.uniqueName();
        Map<String, String> body = Map.of("name", name, "description", "Where guests\nwait", "visibility", "public");

        Response created = ada.request().body(body).post(Chat.CHANNELS);

        String id = created.then()
                .statusCode(201)
                .body("name", equalTo(name))
                .body("description", equalTo("Where guests\nwait"))
                .body("visibility", equalTo("public"))
                .body("memberCount", equalTo(1))
                .body("lastMessage", nullValue())
                .body("createdAt", notNullValue())
                .extract()
                .path("id");
        assertThat(created.header("Location")).endsWith(Chat.channel(id));
        Map<String, Object> read = Chat.get(ada, Chat.channel(id)).getMap("");
        assertThat(read).isEqualTo(created.jsonPath().getMap(""));
        ada.request().body("{}").post(Chat.members(id)).then().body("role", equalTo("owner"));
    }

    @Test
    void aPrivateChannelBeginsWithItsMembers() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        Person eve = Api.signUp();

        String id = Chat.create(ada, "private", bob, eve, ada);

        for (Person member : List.of(ada, bob, eve)) {
            member.request()
                    .get(Chat.channel(id))
                    .then()
                    .statusCode(200)
                    .body("visibility", equalTo("private"))
                    .body("memberCount", equalTo(3));
        }
    }

    @Test
    void twoPeopleHaveOneDirectChannelWhoeverAsks() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();

        String id = Chat.create(ada, "direct", bob);
        Chat.say(bob, id, "just us");

        assertThat(Chat.create(bob, "direct", ada)).isEqualTo(id);
        assertThat(Chat.create(ada, "direct", bob)).isEqualTo(id);
        bob.request()
                .get(Chat.channel(id))
                .then()
                .body("name", nullValue())
                .body("visibility", equalTo("direct"))
                .body("memberCount", equalTo(2))
                .body("lastMessage.text", equalTo("just us"));
        assertThat(Chat.create(ada, "direct", Api.signUp())).isNotEqualTo(id);
    }

    @Test
    void twoPeopleHaveOneDirectChannelEvenWhenBothAskAtOnce() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();

        List<String> ids =
                Together.run(12, i -> i % 2 == 0 ? Chat.create(ada, "direct", bob) : Chat.create(bob, "direct", ada));

        assertThat(ids).containsOnly(ids.get(0));
        assertThat(Chat.allChannels(ada, "", 100)).hasSize(1);
        assertThat(Chat.allChannels(bob, "", 100)).hasSize(1);
    }

    @Test
    void aDirectChannelIsWithExactlyOneOtherAndHasNoName() {
        Person ada = Api.signUp();
        String bob = Api.signUp().id();
        String eve = Api.signUp().id();

        for (List<String> members : List.of(List.<String>of(), List.of(bob, eve), List.of(ada.id()))) {
            refuses(ada, Chat.newChannel("direct", null, members), "members");
        }
        refuses(ada, Chat.newChannel("direct", "the two of us", List.of(bob)), "name");
        refuses(ada, Chat.newChannel("direct", null, List.of(Chat.UNKNOWN_ID)), "members");
        assertThat(Chat.allChannels(ada, "", 100)).isEmpty();
    }

    private static void refuses(Person person, Object body, String field) {
        person.request()
                .body(body)
                .post(Chat.CHANNELS)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            name        | {"visibility":"public"}
            name        | {"visibility":"private","name":null}
            name        | {"visibility":"public","name":""}
            name        | {"visibility":"public","name":"   "}
            name        | {"visibility":"public","name":"two\\nlines"}
            name        | {"visibility":"public","name":"nul\\u0000"}
            name        | {"visibility":"public","name":"half \\ud83d"}
            name        | {"visibility":"public","name":["a"]}
            description | {"visibility":"public","name":"a","description":"bell\\u0007"}
            visibility  | {"name":"a"}
            visibility  | {"name":"a","visibility":null}
            visibility  | {"name":"a","visibility":"secret"}
            visibility  | {"name":"a","visibility":0}
            members     | {"visibility":"public","name":"a","members":["0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c"]}
            members.[0] | {"visibility":"public","name":"a","members":["ada"]}
            owner       | {"visibility":"public","name":"a","owner":"me"}
            body        | null
            """)
    void badInputIsRefusedByTheNameOfItsField(String field, String body) {
        refuses(Api.admin(), body, field);
    }

    @Test
    void namesAndDescriptionsHaveTheirLengthsInCodePoints() {
        Person ada = Api.signUp();
        Map<String, String> longest =
                Map.of("visibility", "public", "name", "🎭".repeat(120), "description", "🎭".repeat(1000));

        ada.request()
                .body(longest)
                .post(Chat.CHANNELS)
                .then()
                .statusCode(201)
                .body("name", equalTo(longest.get("name")))
                .body("description", equalTo(longest.get("description")));
        refuses(ada, Map.of("visibility", "public", "name", "🎭".repeat(121)), "name");
        refuses(ada, Map.of("visibility", "public", "name", "a", "description", "🎭".repeat(1001)), "description");
    }

    @Test
    void malformedJsonIsRefused() {
        Api.admin()
                .request()
                .body("{\"visibility\":")
                .post(Chat.CHANNELS)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:malformed-json"));
    }

    @Test
    void aRepeatedRequestWithItsKeyGivesTheSameChannel() {
        Person ada = Api.signUp();
        Map<String, Object> body = Chat.newChannel("public", Api.uniqueName(), List.of());

        Response first = createWithKey(ada, "key-1", body);
        Response again = createWithKey(ada, "key-1", body);

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(Chat.allChannels(ada, "", 100)).hasSize(1);
        createWithKey(Api.signUp(), "key-1", body).then().statusCode(201).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void aKeyThatCameWithAnotherChannelIsRefused() {
        Person ada = Api.signUp();
        createWithKey(ada, "key-1", Chat.newChannel("public", "one", List.of()))
                .then()
                .statusCode(201);

        createWithKey(ada, "key-1", Chat.newChannel("public", "two", List.of()))
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:stagedoor:problem:idempotency-key-reused"));
        createWithKey(ada, "with blanks", Chat.newChannel("public", "two", List.of()))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("Idempotency-Key"));
        assertThat(Chat.allChannels(ada, "", 100)).hasSize(1);
    }

    @Test
    void aRefusedRequestDoesNotUseUpItsKey() {
        Person ada = Api.signUp();
        createWithKey(ada, "key-1", Chat.newChannel("private", "a", List.of(Chat.UNKNOWN_ID)))
                .then()
                .statusCode(400);

        createWithKey(ada, "key-1", Chat.newChannel("private", "a", List.of()))
                .then()
                .statusCode(201);
    }

    @Test
    void requestsWithOneKeyAtOnceMakeOneChannel() {
        Person ada = Api.signUp();
        Map<String, Object> body = Chat.newChannel("private", Api.uniqueName(), List.of());

        List<Response> responses = Together.run(8, i -> createWithKey(ada, "key-1", body));

        assertThat(responses).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 409)
                .extracting(response -> response.jsonPath().getString("type"))
                .allMatch("urn:stagedoor:problem:request-in-flight"::equals);
        assertThat(Chat.allChannels(ada, "", 100)).hasSize(1);
    }

    private static Response createWithKey(Person person, String key, Map<String, Object> body) {
        return person.request().header("Idempotency-Key", key).body(body).post(Chat.CHANNELS);
    }

    @Test
    void strangersDoNotLearnOfPrivateAndDirectChannels() {
        Person ada = Api.signUp();
        Person stranger = Api.signUp();

        for (String id : List.of(
                Chat.create(ada, "private"), Chat.create(ada, "direct", Api.signUp()), Chat.UNKNOWN_ID, "garbage")) {
            stranger.request().get(Chat.channel(id)).then().statusCode(404);
            stranger.request().get(Chat.messages(id)).then().statusCode(404);
            stranger.request()
                    .get(Chat.messages(id) + "?around=1")
                    .then()
                    .statusCode(404)
                    .body("title", is("Not Found"));
            Chat.post(stranger, id, Map.of("text", "knock")).then().statusCode(404);
            stranger.request().body("{}").post(Chat.members(id)).then().statusCode(404);
        }
        assertThat(Chat.allChannels(stranger, "", 100)).isEmpty();
    }

    @Test
    void aPublicChannelIsSeenByAllAndReadByMembers() {
        Person ada = Api.signUp();
        Person passerby = Api.signUp();
        String id = Chat.create(ada, "public");
        Chat.say(ada, id, "members only");

        passerby.request()
                .get(Chat.channel(id))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("memberCount", equalTo(1));
        passerby.request().get(Chat.messages(id)).then().statusCode(403);
        passerby.request().get(Chat.messages(id) + "?after=1").then().statusCode(403);
        Chat.post(passerby, id, Map.of("text", "me too")).then().statusCode(403);

        Chat.join(passerby, id);
        passerby.request()
                .get(Chat.messages(id))
                .then()
                .statusCode(200)
                .body("data.text", equalTo(List.of("members only")));
        Chat.say(passerby, id, "me too");
    }

    @Test
    void nobodyUsesChannelsWithoutCredentials() {
        String id = Chat.create(Api.signUp(), "public");

        Api.request().get(Chat.CHANNELS).then().statusCode(401).header("WWW-Authenticate", notNullValue());
        Api.request().get(Chat.CHANNELS + "?visibility=public").then().statusCode(401);
        Api.request().get(Chat.channel(id)).then().statusCode(401);
        Api.request().get(Chat.messages(id)).then().statusCode(401);
        Api.request().body(Map.of("text", "boo")).post(Chat.messages(id)).then().statusCode(401);
        Api.request()
                .body(Chat.newChannel("public", "a", List.of()))
                .post(Chat.CHANNELS)
                .then()
                .statusCode(401);
    }

    @Test
    void whoKnowsTheChannelAsItIsGetsNoBodyUntilItChanges() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "public");
        String tag = ada.request().get(Chat.channel(id)).header("ETag");

        ada.request()
                .header("If-None-Match", tag)
                .get(Chat.channel(id))
                .then()
                .statusCode(304)
                .header("ETag", equalTo(tag))
                .body(equalTo(""));
        Chat.say(ada, id, "news");
        ada.request()
                .header("If-None-Match", tag)
                .get(Chat.channel(id))
                .then()
                .statusCode(200)
                .body("lastMessage.text", endsWith("news"));
    }

    @Test
    void theMemberCountIsRightAfterManyJoinAndLeaveAtOnce() {
        Person owner = Api.signUp();
        String id = Chat.create(owner, "public");
        List<Person> guests = Together.run(50, i -> Api.signUp());

        assertThat(Together.run(
                        50,
                        i -> guests.get(i)
                                .request()
                                .body("{}")
                                .post(Chat.members(id))
                                .statusCode()))
                .containsOnly(201);
        assertThat(Chat.get(owner, Chat.channel(id)).getInt("memberCount")).isEqualTo(51);

        assertThat(Together.run(
                        20,
                        i -> guests.get(i)
                                .request()
                                .delete(Chat.members(id) + "/me")
                                .statusCode()))
                .containsOnly(204);
        assertThat(Chat.get(owner, Chat.channel(id)).getInt("memberCount")).isEqualTo(31);
    }
}
