package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class BackstageResourceTest {

    private static final String TITLE = "Première 🎭 初日 \u202Bליל\u202C";

    private static Person owner;
    private static Person guest;

    private String stream;

    @BeforeEach
    void createAStream() {
        if (owner == null) {
            owner = Api.signUp();
            guest = Api.signUp();
        }
        stream = Streams.create(owner, Map.of("title", TITLE));
        Streams.place(stream, guest, "guest", "waiting");
    }

    @Test
    void oneAnswerHasAllThatThePageShows() {
        for (Person person : List.of(owner, guest)) {
            JsonPath page = read(person, "").then().statusCode(200).extract().jsonPath();

            assertThat(page.getMap("").keySet()).hasToString("[me, stream, participants]");
            assertThat(page.getString("me.id")).isEqualTo(person.id());
            assertThat(page.getString("me.username")).isEqualTo(person.username());
            assertThat(page.getString("me.displayName")).isEqualTo("Test " + person.username());
            assertThat(page.getString("stream.title")).isEqualTo(TITLE);
            assertThat(page.getMap("stream"))
                    .isEqualTo(Chat.get(person, Streams.stream(stream)).getMap(""));
            assertThat(page.getList("participants.user.id")).isEqualTo(List.of(owner.id(), guest.id()));
            assertThat(page.getList("participants"))
                    .isEqualTo(Chat.get(person, Streams.participants(stream)).getList("data"));
        }
    }

    private Response read(Person person, String query) {
        return person.request().get(Streams.backstage(stream) + query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "me                     | [me]",
                "stream                 | [stream]",
                "participants           | [participants]",
                "me,stream              | [me, stream]",
                "participants,me        | [me, participants]",
                "stream,stream          | [stream]",
                "participants,stream,me | [me, stream, participants]",
                "''                     | [me, stream, participants]"
            })
    void thePartsAskedForComeAndNoOthers(String fields, String parts) {
        Map<String, Object> whole = read(guest, "").jsonPath().getMap("");

        Map<String, Object> some = read(guest, "?fields=" + fields).jsonPath().getMap("");

        assertThat(some.keySet()).hasToString(parts);
        assertThat(whole).containsAllEntriesOf(some);
    }

    @ParameterizedTest
    @ValueSource(strings = {"you", "ME", "me,you", "me,", ",", "me, stream", "me.id", "%00", "*"})
    void aPartThatThereIsNotIsRefused(String fields) {
        owner.request()
                .urlEncodingEnabled(false)
                .get(Streams.backstage(stream) + "?fields=" + fields.replace(" ", "%20"))
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", hasItem("fields"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invited", "waiting", "backstage", "on_air"})
    void whoeverTakesPartReadsIt(String state) {
        Streams.place(stream, guest, "guest", state);

        read(guest, "").then().statusCode(200).body("participants[1].state", equalTo(state));
    }

    @Test
    void whoLeftOrTakesNoPartLearnsNothing() {
        Streams.place(stream, guest, "host", "left");

        for (Person person : List.of(guest, Api.signUp(), Api.admin())) {
            for (String query : List.of("", "?fields=me", "?fields=stream", "?fields=participants")) {
                read(person, query).then().statusCode(404).body("detail", equalTo("No stream with this id"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Chat.UNKNOWN_ID, "garbage", "%00", "' OR 1=1"})
    void aStreamThatThereIsNotHasNoBackstage(String id) {
        owner.request().get(Streams.backstage(id)).then().statusCode(404);
    }

    @Test
    void whoIsNotSignedInNeedNotTryAgain() {
        for (String authorization : List.of("", "Bearer x", "Bearer " + owner.refreshToken())) {
            Api.request()
                    .header("Authorization", authorization)
                    .get(Streams.backstage(stream))
                    .then()
                    .statusCode(401)
                    .body("retryable", equalTo(false));
        }
    }

    @Test
    void whoKnowsThePageAsItIsGetsNoBodyUntilAPartOfItChanges() {
        List<Runnable> changes = List.of(
                () -> Streams.start(owner, stream),
                () -> Streams.move(owner, stream, guest, "backstage").then().statusCode(200),
                () -> Streams.invite(owner, stream, Api.signUp(), "guest"),
                () -> Streams.patch(owner, Streams.stream(stream), "*", Map.of("title", "new"))
                        .then()
                        .statusCode(200));

        for (Runnable change : changes) {
            String tag = Streams.tag(guest, Streams.backstage(stream));
            Response unchanged = guest.request().header("If-None-Match", tag).get(Streams.backstage(stream));
            unchanged.then().statusCode(304).header("ETag", equalTo(tag));
            assertThat(unchanged.asString()).isEmpty();
            change.run();
            guest.request()
                    .header("If-None-Match", tag)
                    .get(Streams.backstage(stream))
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void aPartThatDidNotChangeKeepsItsTag() {
        String path = Streams.backstage(stream) + "?fields=me,participants";
        String tag = Streams.tag(guest, path);

        Streams.start(owner, stream);

        guest.request().header("If-None-Match", tag).get(path).then().statusCode(304);
    }

    @Test
    void thePageIsPrivateToItsReader() {
        assertThat(Streams.tag(owner, Streams.backstage(stream)))
                .isNotEqualTo(Streams.tag(guest, Streams.backstage(stream)));
        assertThat(read(guest, "").header("Cache-Control")).contains("private");
        assertThat(read(guest, "").header("Vary")).contains("Authorization").contains("X-API-Key");
    }

    /** A client rolls back to what a refused change says, or changes that instead. */
    @Test
    void aRefusedChangeCarriesWhatThePageShowsAfterwards() {
        String path = Streams.participant(stream, guest);
        String seen = Streams.tag(owner, path);
        Streams.move(owner, stream, guest, "backstage").then().statusCode(200);

        Response refused = Streams.patch(owner, path, seen, Map.of("muted", true));
        Response rebased = Streams.patch(owner, path, refused.header("ETag"), Map.of("muted", true));

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.<String>path("current.state")).isEqualTo("backstage");
        assertThat(rebased.statusCode()).isEqualTo(200);
        assertThat(read(guest, "").<Object>path("participants[1]"))
                .isEqualTo(rebased.jsonPath().getMap(""));
    }
}
