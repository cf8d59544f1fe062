package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ChannelGraphTest {

    private static final String MINE = """
            query($cursor: String) { channels(limit: 2, cursor: $cursor) { data { id name description visibility
                memberCount createdAt lastMessage { id channelId seq text sentAt clientId author { id } } } next } }""";

    @Test
    void mineAreTheSameAsByRest() {
        Person ada = Api.signUp();
        String quiet = Chat.create(ada, "private");
        String direct = Chat.create(ada, "direct", Api.signUp());
        String busy = Chat.create(ada, "public");
        Chat.say(ada, busy, "Zwölf Minuten 🎭\u2028");

        JsonPath first = Graphql.data(ada, MINE, Map.of());
        JsonPath second = Graphql.data(ada, MINE, Map.of("cursor", first.getString("channels.next")));

        JsonPath byRest = Chat.get(ada, Chat.CHANNELS);
        assertThat(first.getList("channels.data.id")).isEqualTo(List.of(busy, direct));
        assertThat(second.getList("channels.data.id")).isEqualTo(List.of(quiet));
        for (String field :
                List.of("name", "description", "memberCount", "createdAt", "lastMessage.seq", "lastMessage.text")) {
            assertThat(first.<Object>get("channels.data[0]." + field)).isEqualTo(byRest.get("data[0]." + field));
        }
        assertThat(first.getString("channels.data[0].lastMessage.author.id")).isEqualTo(ada.id());
        assertThat(first.getList("channels.data.visibility")).isEqualTo(List.of("PUBLIC", "DIRECT"));
        assertThat(first.getMap("channels.data[1].lastMessage")).isNull();
    }

    @Test
    void aChannelIsSeenByWhomRestShowsIt() {
        Person ada = Api.signUp();
        String open = Chat.create(ada, "public");
        String closed = Chat.create(ada, "private");
        Person stranger = Api.signUp();
        String query = "{ open: channel(id: \"" + open + "\") { id } closed: channel(id: \"" + closed + "\") { id } }";

        assertThat(Graphql.data(ada, query, Map.of()).getString("closed.id")).isEqualTo(closed);
        JsonPath seen = Graphql.data(stranger, query, Map.of());
        assertThat(seen.getString("open.id")).isEqualTo(open);
        assertThat(seen.getString("closed")).isNull();
        assertThat(Graphql.data(stranger, "{ publicChannels(limit: 100) { data { id } } }", Map.of())
                        .getList("publicChannels.data.id"))
                .contains(open)
                .doesNotContain(closed);
    }

    @Test
    void messagesArePagedAsByRest() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");
        IntStream.rangeClosed(1, 7).forEach(i -> Chat.say(ada, id, "m" + i));

        JsonPath data = Graphql.data(ada, """
                { channel(id: "%s") {
                    newest: messages(limit: 3) { data { seq } next }
                    before: messages(limit: 3, before: 5) { data { seq } next }
                    first: messages(limit: 3, before: 3) { data { seq } next }
                    after: messages(limit: 3, after: 2) { data { seq } next }
                    around: messages(limit: 3, around: 4) { data { seq } next }
                } }""".formatted(id), Map.of());

        for (Map.Entry<String, String> page : Map.of(
                        "newest", "limit=3",
                        "before", "limit=3&before=5",
                        "first", "limit=3&before=3",
                        "after", "limit=3&after=2",
                        "around", "limit=3&around=4")
                .entrySet()) {
            JsonPath byRest = Chat.get(ada, Chat.messages(id) + "?" + page.getValue());
            assertThat(data.getList("channel." + page.getKey() + ".data.seq"))
                    .as(page.getKey())
                    .isEqualTo(byRest.getList("data.seq"));
            assertThat(data.getString("channel." + page.getKey() + ".next")).isEqualTo(byRest.getString("next"));
        }
    }

    @Test
    void onlyMembersReadMessages() {
        Person ada = Api.signUp();
        String open = Chat.create(ada, "public");
        String empty = Chat.create(ada, "public");
        Chat.say(ada, open, "for members");
        String query = "query($id: ID!) { channel(id: $id) { name messages { data { text } } } }";

        Response refused =
                Graphql.post(Api.signUp().request(), Map.of("query", query, "variables", Map.of("id", open)));

        assertThat(Graphql.code(refused)).isEqualTo("forbidden");
        assertThat(refused.jsonPath().getString("data.channel.name")).isNotNull();
        assertThat(refused.asString()).doesNotContain("for members");
        assertThat(Graphql.data(ada, query, Map.of("id", open)).getList("channel.messages.data.text"))
                .isEqualTo(List.of("for members"));
        assertThat(Graphql.data(ada, query, Map.of("id", empty)).getList("channel.messages.data"))
                .isEmpty();
    }

    @Test
    void positionsThatExcludeEachOtherAreRefused() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "public");

        for (String arguments :
                List.of("before: 1, after: 1", "limit: 51", "before: 0", "around: -1", "before: \"x\"", "after: 1.5")) {
            Response answer = Graphql.post(
                    ada.request(), "{ channel(id: \"" + id + "\") { messages(" + arguments + ") { next } } }");
            assertThat(Graphql.code(answer)).as(arguments).isEqualTo("invalid-request");
        }
    }

    @Test
    void theMessagesOfAListAndTheirAuthorsTakeOneStatementALevel() {
        Person ada = Api.signUp();
        for (int i = 0; i < 4; i++) {
            String id = Chat.create(ada, "private");
            Chat.say(ada, id, "one");
            Chat.say(ada, id, "two");
        }
        String query = "{ channels(limit: 5) { data { lastMessage { author { username } }"
                + " messages(limit: 5) { data { text author { username role } } next } } } }";

        int statements = Statements.of(200, () -> Graphql.post(ada.request(), query));

        assertThat(statements).as("channels, messages, authors").isEqualTo(3);
        JsonPath data = Graphql.data(ada, query, Map.of());
        assertThat(data.getList("channels.data[3].messages.data.text")).isEqualTo(List.of("one", "two"));
        assertThat(data.getString("channels.data[3].messages.data[0].author.role"))
                .isEqualTo("USER");
    }

    @Test
    void theNamelessSeeNoChannel() {
        assertThat(Graphql.post(Api.request(), "{ channels { next } publicChannels { next } }")
                        .jsonPath()
                        .getList("errors.extensions.code"))
                .containsOnly("unauthorized");
    }
}
