package dev.stagedoor.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Together;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class LiveStreamResourceTest {

    private static final Map<String, Object> OPENING_NIGHT = Map.of(
            "title", "Opening night 🎭",
            "description", "From the\nfirst row",
            "category", "theatre",
            "language", "EN-gb",
            "tags", List.of("premiere", "Großes Haus", "premiere"),
            "thumbnailUrl", "https://cdn.example.com/opening.jpg?w=640",
            "chatSettings", Map.of("slowModeSeconds", 5));

    @Test
    void aStreamIsScheduledByItsOwner() {
        Person ada = Api.signUp();

        Response created = ada.request().body(OPENING_NIGHT).post(Streams.STREAMS);

        String id = created.then()
                .statusCode(201)
                .body("title", equalTo("Opening night 🎭"))
                .body("description", equalTo("From the\nfirst row"))
                .body("category", equalTo("theatre"))
                .body("language", equalTo("en-GB"))
                .body("tags", equalTo(List.of("premiere", "Großes Haus")))
                .body("thumbnailUrl", equalTo("https://cdn.example.com/opening.jpg?w=640"))
                .body("live", equalTo(false))
                .body("startedAt", nullValue())
                .body("endedAt", nullValue())
                .body("chatSettings", equalTo(Map.of("enabled", true, "slowModeSeconds", 5, "membersOnly", false)))
                .body("owner.id", equalTo(ada.id()))
                .body("owner.username", equalTo(ada.username()))
                .body("owner.displayName", equalTo("Test " + ada.username()))
                .body("owner.imageUrl", nullValue())
                .body("version", equalTo(0))
                .extract()
                .path("id");
        assertThat(created.header("Location")).endsWith(Streams.stream(id));
        assertThat(created.header("X-Invalidates"))
                .isEqualTo("backstage:" + id + ", stream:" + id + ", stream:" + id + ":participants, streams");
        for (Person reader : List.of(ada, Api.signUp())) {
            Response read = reader.request().get(Streams.stream(id));
            assertThat(read.asString()).isEqualTo(created.asString());
            assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        }
    }

    @Test
    void aTitleIsEnough() {
        Person ada = Api.signUp();
        String id = Streams.create(ada, Map.of("title", "x".repeat(139) + "😀"));

        ada.request()
                .get(Streams.stream(id))
                .then()
                .statusCode(200)
                .body("description", equalTo(""))
                .body("category", nullValue())
                .body("language", nullValue())
                .body("tags", equalTo(List.of()))
                .body("thumbnailUrl", nullValue())
                .body("chatSettings", equalTo(Map.of("enabled", true, "slowModeSeconds", 0, "membersOnly", false)));
    }

    @Test
    void aKeyMakesOneStreamHoweverOftenItIsSent() {
        Person ada = Api.signUp();
        String key = Api.uniqueName();

        List<Response> answers = Together.run(
                6,
                i -> ada.request()
                        .header("Idempotency-Key", key)
                        .body(OPENING_NIGHT)
                        .post(Streams.STREAMS));

        assertThat(answers).extracting(Response::statusCode).containsAnyOf(201).isSubsetOf(201, 409);
        Response again =
                ada.request().header("Idempotency-Key", key).body(OPENING_NIGHT).post(Streams.STREAMS);
        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(Streams.walk(ada, "&owner=" + ada.id(), 100)).containsExactly(again.<String>path("id"));
        ada.request()
                .header("Idempotency-Key", key)
                .body(Map.of("title", "another"))
                .post(Streams.STREAMS)
                .then()
                .statusCode(422);
    }

    @Test
    void theOwnerChangesWhatTheySaw() {
        Person ada = Api.signUp();
        String id = Streams.create(ada, OPENING_NIGHT);
        String tag = Streams.tag(ada, Streams.stream(id));

        Response changed =
                Streams.patch(ada, Streams.stream(id), tag, Map.of("title", "Second night", "tags", List.of()));

        changed.then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)))
                .header("X-Invalidates", equalTo("backstage:" + id + ", stream:" + id + ", streams"))
                .body("title", equalTo("Second night"))
                .body("tags", equalTo(List.of()))
                .body("category", equalTo("theatre"))
                .body("version", equalTo(1));
        Response read = ada.request().get(Streams.stream(id));
        assertThat(read.asString()).isEqualTo(changed.asString());
        assertThat(read.header("ETag")).isEqualTo(changed.header("ETag"));
    }

    @Test
    void nullTakesAwayAndAbsenceLeaves() {
        Person ada = Api.signUp();
        String id = Streams.create(ada, OPENING_NIGHT);

        ada.request()
                .header("If-Match", "*")
                .body(
                        "{\"category\":null,\"language\":null,\"thumbnailUrl\":null,\"chatSettings\":{\"membersOnly\":true}}")
                .patch(Streams.stream(id))
                .then()
                .statusCode(200)
                .body("category", nullValue())
                .body("language", nullValue())
                .body("thumbnailUrl", nullValue())
                .body("title", equalTo("Opening night 🎭"))
                .body("chatSettings", equalTo(Map.of("enabled", true, "slowModeSeconds", 5, "membersOnly", true)));
        ada.request()
                .header("If-Match", "*")
                .body("{}")
                .patch(Streams.stream(id))
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
    }

    @Test
    void aChangeOfWhatHasChangedIsRefusedWithTheCurrentState() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);
        String old = Streams.tag(ada, Streams.stream(id));
        Response current = Streams.patch(ada, Streams.stream(id), old, Map.of("title", "new"));

        Response refused = Streams.patch(ada, Streams.stream(id), old, Map.of("title", "newer"));

        refused.then()
                .statusCode(412)
                .contentType("application/problem+json")
                .header("ETag", equalTo(current.header("ETag")))
                .header("X-Invalidates", nullValue())
                .body("type", equalTo("urn:stagedoor:problem:precondition-failed"))
                .body("current", equalTo(current.jsonPath().getMap("")));
        Streams.delete(ada, Streams.stream(id), old).then().statusCode(412).body("current.title", equalTo("new"));
        ada.request()
                .body(Map.of("title", "x"))
                .patch(Streams.stream(id))
                .then()
                .statusCode(428);
        ada.request().delete(Streams.stream(id)).then().statusCode(428);
    }

    @Test
    void ofManyChangesOfOneStateOneIsMade() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);
        String tag = Streams.tag(ada, Streams.stream(id));

        List<Response> answers =
                Together.run(8, i -> Streams.patch(ada, Streams.stream(id), tag, Map.of("title", "title " + i)));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(200)
                .containsOnly(200, 412);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 412)
                .extracting(answer -> answer.path("current.version"))
                .containsOnly(1);
    }

    @Test
    void manyUnconditionalChangesAreAllMade() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        List<Integer> statuses = Together.run(
                8,
                i -> Streams.patch(ada, Streams.stream(id), "*", Map.of("title", "title " + i))
                        .statusCode());

        assertThat(statuses).containsOnly(200);
        ada.request().get(Streams.stream(id)).then().body("version", equalTo(8));
    }

    @Test
    void aDeletedStreamIsGoneWithItsBackstage() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);
        Streams.invite(ada, id, Api.signUp(), "guest");

        Streams.delete(ada, Streams.stream(id), Streams.tag(ada, Streams.stream(id)))
                .then()
                .statusCode(204)
                .header(
                        "X-Invalidates",
                        equalTo("backstage:" + id + ", stream:" + id + ", stream:" + id + ":participants, streams"));

        for (String path : List.of(Streams.stream(id), Streams.participants(id), Streams.backstage(id))) {
            ada.request().get(path).then().statusCode(404);
        }
        Streams.delete(ada, Streams.stream(id), "*").then().statusCode(404);
    }

    @Test
    void ofManyDeletionsOneIsMade() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        List<Integer> statuses = Together.run(
                6, i -> Streams.delete(ada, Streams.stream(id), "*").statusCode());

        assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 404);
    }

    @Test
    void othersNeitherChangeNorDelete() {
        Person ada = Api.signUp();
        Person eve = Api.signUp();
        String id = Streams.create(ada);
        Person host = Streams.joined(ada, id, "host");

        for (Person other : List.of(eve, host)) {
            Streams.patch(other, Streams.stream(id), "*", Map.of("title", "mine"))
                    .then()
                    .statusCode(403);
            Streams.delete(other, Streams.stream(id), "*").then().statusCode(403);
        }
        for (String path : List.of("/start", "/end")) {
            eve.request().post(Streams.stream(id) + path).then().statusCode(403);
        }
    }

    @Test
    void anAdminChangesAnyStream() {
        String id = Streams.create(Api.signUp());

        Streams.patch(Api.admin(), Streams.stream(id), "*", Map.of("title", "moderated"))
                .then()
                .statusCode(200);
        Streams.start(Api.admin(), id);
        Streams.delete(Api.admin(), Streams.stream(id), "*").then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {Chat.UNKNOWN_ID, "garbage", "%00", "' OR 1=1"})
    void whatDoesNotExistIsNotFound(String id) {
        Person ada = Api.signUp();
        String path = Streams.STREAMS + "/" + id;

        ada.request().get(path).then().statusCode(404);
        Streams.patch(ada, path, "*", Map.of("title", "x")).then().statusCode(404);
        Streams.delete(ada, path, "*").then().statusCode(404);
        ada.request().post(path + "/start").then().statusCode(404);
        ada.request().post(path + "/end").then().statusCode(404);
    }

    @Test
    void nobodyWritesWithoutCredentialsAndEverybodyReads() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        Api.request()
                .body(OPENING_NIGHT)
                .post(Streams.STREAMS)
                .then()
                .statusCode(401)
                .body("retryable", equalTo(false));
        Api.request().body("{}").patch(Streams.stream(id)).then().statusCode(401);
        Api.request().delete(Streams.stream(id)).then().statusCode(401);
        Api.request().post(Streams.stream(id) + "/start").then().statusCode(401);
        for (String path : List.of(Streams.stream(id), Streams.STREAMS + "?owner=" + ada.id())) {
            Response nameless = Api.request().get(path);
            nameless.then().statusCode(200);
            assertThat(nameless.asString()).isEqualTo(ada.request().get(path).asString());
        }
    }

    @Test
    void aKeyNeedsTheScopeOfWhatItDoes() {
        Person ada = Api.signUp();
        String key = ada.request()
                .body(Map.of("name", "overlay", "scopes", List.of("streams:read")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        Api.request()
                .header("X-API-Key", key)
                .get(Streams.STREAMS)
                .then()
                .statusCode(200)
                .body("data", notNullValue());
        Api.request()
                .header("X-API-Key", key)
                .body(OPENING_NIGHT)
                .post(Streams.STREAMS)
                .then()
                .statusCode(403);
    }
}
