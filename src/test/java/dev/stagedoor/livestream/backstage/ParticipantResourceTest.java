package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class ParticipantResourceTest {

    private static final Map<String, Object> GUEST = Map.of("role", "guest");
    private static final Map<String, Object> MUTED = Map.of("muted", true);

    private static Person owner;
    private static Person guest;

    private String stream;

    @BeforeEach
    void createAStream() {
        if (owner == null) {
            owner = Api.signUp();
            guest = Api.signUp();
        }
        stream = Streams.create(owner);
    }

    private String guestPath() {
        return Streams.participant(stream, guest);
    }

    private String staleKeys() {
        return "backstage:" + stream + ", stream:" + stream + ":participants";
    }

    @Test
    void theOwnerIsAHostFromTheBeginning() {
        owner.request()
                .get(Streams.participants(stream))
                .then()
                .statusCode(200)
                .body("next", nullValue())
                .body("data", hasSize(1))
                .body("data[0].user.id", equalTo(owner.id()))
                .body("data[0].role", equalTo("host"))
                .body("data[0].state", equalTo("backstage"))
                .body("data[0].muted", equalTo(false));
    }

    @Test
    void whoIsInvitedIsShownAsInvited() {
        Response created = owner.request().body(GUEST).put(guestPath());

        created.then()
                .statusCode(201)
                .header("Location", endsWith(guestPath()))
                .header("X-Invalidates", equalTo(staleKeys()))
                .body("user.id", equalTo(guest.id()))
                .body("user.username", equalTo(guest.username()))
                .body("user.displayName", equalTo("Test " + guest.username()))
                .body("user.imageUrl", nullValue())
                .body("role", equalTo("guest"))
                .body("state", equalTo("invited"))
                .body("muted", equalTo(false))
                .body("version", equalTo(0));
        for (Person reader : List.of(owner, guest)) {
            Response read = reader.request().get(guestPath());
            assertThat(read.asString()).isEqualTo(created.asString());
            assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        }
    }

    @Test
    void participantsAreListedInTheOrderOfTheirInvitation() {
        List<Person> invited = List.of(Api.signUp(), Api.signUp(), guest);
        invited.forEach(person -> Streams.invite(owner, stream, person, "guest"));
        Streams.move(guest, stream, guest, "left").then().statusCode(200);
        Streams.move(invited.get(0), stream, invited.get(0), "waiting").then().statusCode(200);

        owner.request()
                .get(Streams.participants(stream))
                .then()
                .body(
                        "data.user.id",
                        equalTo(List.of(
                                owner.id(), invited.get(0).id(), invited.get(1).id(), guest.id())))
                .body("data.state", equalTo(List.of("backstage", "waiting", "invited", "left")));
    }

    @Test
    void whomThereIsAlreadyIsReplacedOnlyAsSeen() {
        Streams.invite(owner, stream, guest, "guest");
        String seen = Streams.tag(owner, guestPath());
        Map<String, Object> moderator = Map.of("role", "moderator", "muted", true);

        owner.request().body(moderator).put(guestPath()).then().statusCode(428);
        Response replaced = put("If-Match", seen, moderator);
        replaced.then()
                .statusCode(200)
                .header("Location", nullValue())
                .header("X-Invalidates", equalTo(staleKeys()))
                .body("role", equalTo("moderator"))
                .body("muted", equalTo(true))
                .body("version", equalTo(1));
        assertRefusedWith(replaced, put("If-Match", seen, moderator));
        assertRefusedWith(replaced, put("If-None-Match", "*", moderator));
        assertThat(Streams.tag(owner, guestPath())).isEqualTo(replaced.header("ETag"));
    }

    private Response put(String header, String value, Map<String, ?> body) {
        return owner.request().header(header, value).body(body).put(guestPath());
    }

    /** As 412, with what is there and its tag. */
    private static void assertRefusedWith(Response current, Response refused) {
        refused.then()
                .statusCode(412)
                .contentType("application/problem+json")
                .header("ETag", equalTo(current.header("ETag")))
                .header("X-Invalidates", nullValue())
                .body("type", equalTo("urn:stagedoor:problem:precondition-failed"))
                .body("current", equalTo(current.jsonPath().getMap("")));
    }

    @Test
    void whomThereIsNotIsNotReplaced() {
        put("If-Match", "*", GUEST)
                .then()
                .statusCode(412)
                .header("ETag", nullValue())
                .body("current", nullValue());
        owner.request().get(guestPath()).then().statusCode(404);

        put("If-None-Match", "*", GUEST).then().statusCode(201);
    }

    @Test
    void whoLeftIsInvitedAnew() {
        Streams.invite(owner, stream, guest, "guest");
        Streams.move(guest, stream, guest, "left").then().statusCode(200);
        guest.request().get(guestPath()).then().statusCode(404);

        put("If-Match", "*", GUEST).then().statusCode(200).body("state", equalTo("invited"));

        guest.request().get(guestPath()).then().statusCode(200);
    }

    @Test
    void aChangeIsMadeToWhatWasSeen() {
        Streams.invite(owner, stream, guest, "guest");
        String seen = Streams.tag(owner, guestPath());

        owner.request().body(MUTED).patch(guestPath()).then().statusCode(428);
        Response changed = Streams.patch(owner, guestPath(), seen, MUTED);
        changed.then()
                .statusCode(200)
                .header("X-Invalidates", equalTo(staleKeys()))
                .body("muted", equalTo(true))
                .body("state", equalTo("invited"))
                .body("version", equalTo(1));
        assertRefusedWith(changed, Streams.patch(owner, guestPath(), seen, MUTED));
        assertRefusedWith(changed, Streams.patch(owner, guestPath(), "W/" + changed.header("ETag"), MUTED));
        Response read = owner.request().get(guestPath());
        assertThat(read.asString()).isEqualTo(changed.asString());
        assertThat(read.header("ETag")).isEqualTo(changed.header("ETag"));
    }

    @Test
    void whoIsRemovedIsGoneWithoutATrace() {
        Streams.invite(owner, stream, guest, "guest");
        String seen = Streams.tag(owner, guestPath());
        Response changed = Streams.patch(owner, guestPath(), seen, MUTED);

        owner.request().delete(guestPath()).then().statusCode(428);
        assertRefusedWith(changed, Streams.delete(owner, guestPath(), seen));
        Streams.delete(owner, guestPath(), changed.header("ETag"))
                .then()
                .statusCode(204)
                .header("X-Invalidates", equalTo(staleKeys()));

        owner.request().get(guestPath()).then().statusCode(404);
        guest.request().get(guestPath()).then().statusCode(404);
        Streams.delete(owner, guestPath(), "*").then().statusCode(404);
        owner.request().body(GUEST).put(guestPath()).then().statusCode(201).body("version", equalTo(0));
    }

    @Test
    void whoKnowsTheListAsItIsGetsNoBodyUntilItChanges() {
        Streams.invite(owner, stream, guest, "guest");
        for (String path : List.of(Streams.participants(stream), guestPath())) {
            String tag = Streams.tag(owner, path);

            owner.request().header("If-None-Match", tag).get(path).then().statusCode(304);
            Streams.patch(owner, guestPath(), "*", Map.of("muted", path.equals(guestPath())))
                    .then()
                    .statusCode(200);
            Streams.patch(owner, guestPath(), "*", Map.of("muted", !path.equals(guestPath())))
                    .then()
                    .statusCode(200);
            owner.request().header("If-None-Match", tag).get(path).then().statusCode(200);
        }
    }

    @Test
    void outsidersLearnNothing() {
        Person outsider = Api.signUp();
        Streams.invite(owner, stream, guest, "guest");

        for (String id : List.of(stream, Chat.UNKNOWN_ID)) {
            String path = Streams.participant(id, guest);
            outsider.request().get(Streams.participants(id)).then().statusCode(404);
            outsider.request().get(path).then().statusCode(404);
            outsider.request().body(GUEST).put(path).then().statusCode(404);
            outsider.request().body(MUTED).patch(path).then().statusCode(404);
            outsider.request().delete(path).then().statusCode(404);
            outsider.request()
                    .body(GUEST)
                    .put(Streams.participant(id, outsider))
                    .then()
                    .statusCode(404)
                    .body("detail", equalTo("No stream with this id"));
        }
    }

    @Test
    void anAdminReadsWithoutTakingPart() {
        Api.admin()
                .request()
                .get(Streams.participants(stream))
                .then()
                .statusCode(200)
                .body("data", hasSize(1));
        Api.admin().request().get(Streams.participant(stream, owner)).then().statusCode(200);
        Api.admin().request().get(Streams.participants(Chat.UNKNOWN_ID)).then().statusCode(404);
    }

    @Test
    void whoTakesNoPartIsNotFound() {
        owner.request().get(guestPath()).then().statusCode(404).body("detail", equalTo("No participant with this id"));
        Streams.patch(owner, guestPath(), "*", MUTED).then().statusCode(404);
        Streams.delete(owner, guestPath(), "*").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {Chat.UNKNOWN_ID, "garbage", "%00", "' OR 1=1"})
    void whoDoesNotExistIsNotFound(String id) {
        String path = Streams.participants(stream) + "/" + id;

        owner.request().body(GUEST).put(path).then().statusCode(404);
        owner.request().get(path).then().statusCode(404);
        Streams.patch(owner, path, "*", MUTED).then().statusCode(404);
        Streams.delete(owner, path, "*").then().statusCode(404);
    }

    @Test
    void whetherSomeoneExistsIsForThoseWhoMayInvite() {
        Streams.place(stream, guest, "guest", "waiting");

        guest.request()
                .body(GUEST)
                .put(Streams.participants(stream) + "/" + Chat.UNKNOWN_ID)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            PUT   | role  | {}
            PUT   | role  | {"role":null}
            PUT   | role  | {"role":"HOST"}
            PUT   | role  | {"role":"owner"}
            PUT   | role  | {"role":""}
            PUT   | role  | {"role":1}
            PUT   | role  | {"role":["guest"]}
            PUT   | state | {"role":"guest","state":"onAir"}
            PUT   | state | {"role":"guest","state":0}
            PUT   | muted | {"role":"guest","muted":{}}
            PUT   | owner | {"role":"guest","owner":true}
            PUT   | body  | null
            PATCH | role  | {"role":"producer"}
            PATCH | state | {"state":"on-air"}
            PATCH | state | {"state":3}
            PATCH | muted | {"muted":[]}
            PATCH | user  | {"user":{}}
            PATCH | body  | null
            """)
    void whatIsNoParticipantIsRefusedByTheNameOfItsField(String method, String field, String body) {
        Streams.place(stream, guest, "guest", "waiting");
        RequestSpecification request = owner.request().header("If-Match", "*").body(body);

        request.request(method, guestPath())
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"role\":\"guest\"", "[]", "\"guest\"", "7"})
    void whatIsNoObjectIsRefused(String body) {
        Streams.place(stream, guest, "guest", "waiting");

        for (String method : List.of("PUT", "PATCH")) {
            owner.request()
                    .header("If-Match", "*")
                    .body(body)
                    .request(method, guestPath())
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void nobodyReadsOrWritesWithoutCredentials() {
        List<Response> answers = List.of(
                Api.request().get(Streams.participants(stream)),
                Api.request().get(guestPath()),
                Api.request().body(GUEST).put(guestPath()),
                Api.request().body(MUTED).patch(guestPath()),
                Api.request().delete(guestPath()));

        for (Response answer : answers) {
            answer.then()
                    .statusCode(401)
                    .header("WWW-Authenticate", equalTo("Bearer"))
                    .body("retryable", equalTo(false));
        }
    }

    @Test
    void aKeyNeedsTheScopeOfWhatItDoes() {
        String reader = key(List.of("streams:read"));
        String writer = key(List.of("streams:write"));

        Api.request()
                .header("X-API-Key", reader)
                .get(Streams.participants(stream))
                .then()
                .statusCode(200);
        Api.request()
                .header("X-API-Key", reader)
                .body(GUEST)
                .put(guestPath())
                .then()
                .statusCode(403);
        Api.request()
                .header("X-API-Key", writer)
                .get(Streams.participants(stream))
                .then()
                .statusCode(403);
        Api.request()
                .header("X-API-Key", writer)
                .body(GUEST)
                .put(guestPath())
                .then()
                .statusCode(201);
    }

    private static String key(List<String> scopes) {
        return owner.request()
                .body(Map.of("name", Api.uniqueName(), "scopes", scopes))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }
}
