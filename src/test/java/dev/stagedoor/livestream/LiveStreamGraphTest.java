package dev.stagedoor.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Streams;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class LiveStreamGraphTest {

    private static final String STREAM = """
            query($id: ID!) { stream(id: $id) {
                id title description category language tags thumbnailUrl live startedAt endedAt version
                chatSettings { enabled slowModeSeconds membersOnly }
                owner { id username displayName }
            } }""";

    @Test
    void aStreamIsTheSameAsByRestAlsoForTheNameless() {
        Person ada = Api.signUp();
        String id = Streams.create(
                ada,
                Map.of(
                        "title",
                        "Première 🎭",
                        "category",
                        "theatre",
                        "language",
                        "fr",
                        "tags",
                        List.of("new", "free")));
        Streams.start(ada, id);

        JsonPath stream =
                Graphql.data(Graphql.post(Api.request(), Map.of("query", STREAM, "variables", Map.of("id", id))));

        Map<String, Object> byRest =
                Api.request().get(Streams.stream(id)).jsonPath().getMap("");
        Map<String, Object> owner =
                Api.request().get(Streams.stream(id)).jsonPath().getMap("owner");
        owner.remove("imageUrl");
        byRest.put("owner", owner);
        assertThat(stream.getMap("stream")).isEqualTo(byRest);
    }

    @Test
    void whatThereIsNotIsNull() {
        JsonPath data = Graphql.data(
                Graphql.post(Api.request(), Map.of("query", STREAM, "variables", Map.of("id", Chat.UNKNOWN_ID))));

        assertThat(data.getMap("")).containsOnlyKeys("stream").containsValue(null);
    }

    @Test
    void listsAreFilteredAndPagedAsByRest() {
        Person ada = Api.signUp();
        String first = Streams.create(ada);
        String second = Streams.create(ada);
        String third = Streams.create(ada);
        Streams.start(ada, second);
        String query = "query($owner: ID, $live: Boolean, $cursor: String) {"
                + " streams(owner: $owner, live: $live, limit: 2, cursor: $cursor) { data { id } next } }";

        JsonPath page = Graphql.data(ada, query, Map.of("owner", ada.id()));
        JsonPath rest = Graphql.data(ada, query, Map.of("owner", ada.id(), "cursor", page.getString("streams.next")));
        JsonPath live = Graphql.data(ada, query, Map.of("owner", ada.id(), "live", true));

        assertThat(page.getList("streams.data.id")).isEqualTo(List.of(third, second));
        assertThat(rest.getList("streams.data.id")).isEqualTo(List.of(first));
        assertThat(rest.getString("streams.next")).isNull();
        assertThat(live.getList("streams.data.id")).isEqualTo(List.of(second));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit: 0",
                "limit: 101",
                "limit: -1",
                "cursor: \"forged\"",
                "owner: \"me\"",
                "language: \"not a language\"",
                "category: \"\\u0000\""
            })
    void whatRestRefusesIsRefused(String argument) {
        Response answer = Graphql.post(Api.request(), "{ streams(" + argument + ") { next } }");

        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
        assertThat(answer.asString()).doesNotContain("dev.stagedoor", "java.", "Exception");
    }

    @Test
    void theLinksBetweenUsersAndStreamsAreWalkedWithOneStatementALevel() {
        Person ada = Api.signUp();
        String category = Api.uniqueName();
        List<Person> owners = List.of(ada, Api.signUp(), Api.signUp());
        for (String title : List.of("One", "Two")) {
            assertThat(owners)
                    .extracting(owner -> Streams.create(owner, Map.of("title", title, "category", category)))
                    .doesNotHaveDuplicates();
        }
        String query = """
                query { streams(category: "%s") { data { id owner { id role createdAt
                    latest: streams(limit: 1) { data { title owner { role } } next }
                    all: streams(limit: 5) { data { title owner { role } } next } } } } }""".formatted(category);
        // The name's own statements.
        assertThat(Statements.of(200, () -> Graphql.post(ada.request(), "{ me { id } }")))
                .isLessThanOrEqualTo(1);

        int statements = Statements.of(200, () -> Graphql.post(ada.request(), query));
        JsonPath data = Graphql.data(ada, query, Map.of());

        assertThat(data.getList("streams.data")).hasSize(6);
        assertThat(data.getList("streams.data.owner.latest.data[0].title")).containsOnly("Two");
        assertThat(data.getList("streams.data[0].owner.latest.data.title")).isEqualTo(List.of("Two"));
        assertThat(data.getList("streams.data[0].owner.all.data.title")).isEqualTo(List.of("Two", "One"));
        assertThat(data.getString("streams.data[0].owner.all.data[0].owner.role"))
                .isEqualTo("USER");
        assertThat(data.getString("streams.data[0].owner.latest.next")).isNotNull();
        assertThat(data.getString("streams.data[0].owner.all.next")).isNull();
        assertThat(statements)
                .as("streams; their owners, two lists of theirs; the owners of these were read before")
                .isEqualTo(4);
    }

    @Test
    void theNextOfAUsersStreamsGoesOnInTheListOfTheOwnersStreams() {
        Person ada = Api.signUp();
        String first = Streams.create(ada);
        String second = Streams.create(ada);

        JsonPath user = Graphql.data(ada, "{ me { streams(limit: 1) { data { id } next } } }", Map.of());
        JsonPath rest = Graphql.data(
                ada,
                "query($owner: ID, $cursor: String) { streams(owner: $owner, cursor: $cursor) { data { id } } }",
                Map.of("owner", ada.id(), "cursor", user.getString("me.streams.next")));

        assertThat(user.getList("me.streams.data.id")).isEqualTo(List.of(second));
        assertThat(rest.getList("streams.data.id")).isEqualTo(List.of(first));
    }

    @Test
    void theNamelessLearnNoMoreOfAnOwnerThanByRest() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        Response answer = Graphql.post(
                Api.request(), "{ stream(id: \"" + id + "\") { owner { displayName role } participants { state } } }");

        assertThat(answer.jsonPath().getList("errors.extensions.code"))
                .isEqualTo(List.of("unauthorized", "unauthorized"));
        assertThat(answer.asString()).doesNotContain("USER");
        assertThat(answer.jsonPath().getString("data.stream.owner.displayName")).contains(ada.username());
    }

    @Test
    void onlyWhoTakesPartSeesWhoTakesPart() {
        Person host = Api.signUp();
        String id = Streams.create(host);
        Person guest = Streams.joined(host, id, "guest");
        Person stranger = Api.signUp();
        String query = "{ stream(id: \"" + id + "\") { participants { role state muted version user { username } } } }";

        for (Person insider : List.of(host, guest, Api.admin())) {
            JsonPath data = Graphql.data(insider, query, Map.of());
            assertThat(data.getList("stream.participants.user.username"))
                    .isEqualTo(List.of(host.username(), guest.username()));
            assertThat(data.getList("stream.participants.role")).isEqualTo(List.of("HOST", "GUEST"));
        }
        assertThat(Graphql.data(stranger, query, Map.of()).getList("stream.participants"))
                .isNull();
    }

    @Test
    void theParticipantsOfAListTakeOneStatement() {
        Person host = Api.signUp();
        for (int i = 0; i < 3; i++) {
            assertThat(Streams.joined(host, Streams.create(host), "guest").id()).isNotEmpty();
        }
        String query = "{ streams(owner: \"" + host.id() + "\", limit: 5) {"
                + " data { participants { user { username role } } } } }";

        assertThat(Statements.of(200, () -> Graphql.post(host.request(), query)))
                .as("streams, participants, users")
                .isEqualTo(3);
    }
}
