package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Streams;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class BackstageCacheTest {

    private Person owner;
    private Person guest;
    private String stream;

    @BeforeEach
    void createAStreamWithAGuest() {
        owner = Api.signUp();
        stream = Streams.create(owner);
        guest = Streams.joined(owner, stream, "guest");
    }

    private List<String> paths() {
        return List.of(
                Streams.backstage(stream),
                Streams.backstage(stream) + "?fields=me,participants",
                Streams.participants(stream),
                Streams.participant(stream, owner));
    }

    @Test
    void aColdPageTakesTwoStatementsAndAWarmOneNone() {
        assertThat(Statements.of(200, () -> guest.request().get(Streams.backstage(stream))))
                .isEqualTo(2);

        for (Person reader : List.of(guest, owner)) {
            for (String path : paths()) {
                assertThat(Statements.of(200, () -> reader.request().get(path)))
                        .as("parts of %s are warm", path)
                        .isZero();
                String tag = Streams.tag(reader, path);
                assertThat(Statements.of(
                                304,
                                () -> reader.request()
                                        .header("If-None-Match", tag)
                                        .get(path)))
                        .isZero();
            }
        }
    }

    private static Response read(Person reader, String path) {
        Response answer = reader.request().get(path);
        answer.then().statusCode(200);
        return answer;
    }

    @Test
    void aColdPartTakesOneStatement() {
        for (String path : List.of(Streams.participants(stream), Streams.participant(stream, guest))) {
            Streams.patch(owner, Streams.participant(stream, guest), "*", Map.of("muted", true))
                    .then()
                    .statusCode(200);

            assertThat(Statements.of(200, () -> owner.request().get(path))).isEqualTo(1);
        }
        Streams.start(owner, stream);
        assertThat(Statements.of(200, () -> owner.request().get(Streams.backstage(stream))))
                .as("who takes part has not changed")
                .isEqualTo(1);
    }

    @Test
    void whoIsRefusedTimeAndAgainCostsNoStatements() {
        Person outsider = Api.signUp();
        outsider.request().get(Streams.backstage(stream)).then().statusCode(404);

        for (String path : paths()) {
            assertThat(Statements.of(404, () -> outsider.request().get(path))).isZero();
        }
    }

    @Test
    void anAnswerSaysWhetherItWasCachedAndIsItsReadersOwn() {
        for (String path : paths()) {
            Response miss = read(guest, path);
            Response hit = read(guest, path);

            assertThat(miss.header("Cache-Status")).matches("stagedoor; fwd=miss; stored; ttl=[0-9]+");
            assertThat(hit.header("Cache-Status")).matches("stagedoor; hit; ttl=[0-9]+; detail=memory");
            assertThat(hit.asString()).isEqualTo(miss.asString());
            assertThat(hit.header("Cache-Control")).isEqualTo("private, max-age=0, must-revalidate");
            assertThat(String.join(", ", hit.headers().getValues("Vary")).split(", "))
                    .contains("Accept-Encoding", "Authorization", "X-API-Key", "Save-Data", "ECT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Save-Data, on,      'private, max-age=60'",
        "Save-Data, off,     'private, max-age=0, must-revalidate'",
        "ECT,       slow-2g, 'private, max-age=60'",
        "ECT,       2g,      'private, max-age=60'",
        "ECT,       3g,      'private, max-age=60'",
        "ECT,       4g,      'private, max-age=0, must-revalidate'"
    })
    void whoSavesDataMayUseAnAnswerLonger(String header, String value, String control) {
        for (String path : paths()) {
            assertThat(guest.request().header(header, value).get(path).header("Cache-Control"))
                    .isEqualTo(control);
        }
    }

    @Test
    void whoIsInvitedSeesAtOnceWhatWasRefusedBefore() {
        Person newcomer = Api.signUp();
        String path = Streams.participant(stream, newcomer);
        for (int i = 0; i < 2; i++) {
            newcomer.request().get(Streams.backstage(stream)).then().statusCode(404);
            newcomer.request().get(Streams.participants(stream)).then().statusCode(404);
            newcomer.request().get(path).then().statusCode(404);
            owner.request().get(path).then().statusCode(404);
        }

        Streams.invite(owner, stream, newcomer, "guest");

        assertThat(read(newcomer, Streams.backstage(stream)).<List<String>>path("participants.user.id"))
                .containsExactly(owner.id(), guest.id(), newcomer.id());
        assertThat(read(newcomer, Streams.participants(stream)).<List<String>>path("data.user.id"))
                .containsExactly(owner.id(), guest.id(), newcomer.id());
        assertThat(read(newcomer, path).<String>path("state")).isEqualTo("invited");
        assertThat(read(owner, path).<String>path("state")).isEqualTo("invited");
    }

    /** The same user, once as an admin who may see all, once with a key that is none's. */
    @Test
    void whatAnAdminMaySeeTheirKeyMayNot() {
        Person admin = Api.admin();
        String key = admin.request()
                .body(Map.of("name", Api.uniqueName(), "scopes", List.of("streams:read")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        for (String path : List.of(Streams.participants(stream), Streams.participant(stream, guest))) {
            for (int i = 0; i < 2; i++) {
                admin.request().get(path).then().statusCode(200);
                Api.request().header("X-API-Key", key).get(path).then().statusCode(404);
            }
        }
    }

    @Test
    void aNewNameShowsAtOnceWhereverItStands() {
        String list = Streams.STREAMS + "?owner=" + owner.id();
        for (Person reader : List.of(owner, guest)) {
            paths().forEach(path -> warm(reader, path));
            List.of(list, Streams.stream(stream), Streams.participant(stream, guest))
                    .forEach(path -> warm(reader, path));
        }

        rename(owner, "Prima Donna");
        rename(guest, "Phantom 👻");

        for (Person reader : List.of(owner, guest)) {
            Response page = read(reader, Streams.backstage(stream));
            assertThat(page.<String>path("me.displayName"))
                    .isEqualTo(reader.equals(owner) ? "Prima Donna" : "Phantom 👻");
            assertThat(page.<String>path("stream.owner.displayName")).isEqualTo("Prima Donna");
            assertThat(page.<List<String>>path("participants.user.displayName"))
                    .containsExactly("Prima Donna", "Phantom 👻");
            assertThat(read(reader, Streams.participants(stream)).<List<String>>path("data.user.displayName"))
                    .containsExactly("Prima Donna", "Phantom 👻");
            assertThat(read(reader, Streams.participant(stream, guest)).<String>path("user.displayName"))
                    .isEqualTo("Phantom 👻");
            assertThat(Chat.get(reader, list).getList("data.owner.displayName")).containsExactly("Prima Donna");
            assertThat(Chat.get(reader, Streams.stream(stream)).getString("owner.displayName"))
                    .isEqualTo("Prima Donna");
        }
    }

    private static void warm(Person reader, String path) {
        assertThat(read(reader, path).header("Cache-Status")).startsWith("stagedoor; ");
        assertThat(read(reader, path).header("Cache-Status")).startsWith("stagedoor; hit");
    }

    private static void rename(Person person, String name) {
        Streams.patch(person, "/api/v1/users/me", "*", Map.of("displayName", name))
                .then()
                .statusCode(200);
    }
}
