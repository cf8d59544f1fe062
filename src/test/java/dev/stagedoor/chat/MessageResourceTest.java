package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class MessageResourceTest {

    @Test
    void aMessageIsAnsweredWholeAndReadBackTheSame() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "public");

        Response sent = Chat.post(ada, id, Map.of("text", "Five minutes to places!", "clientId", "c-1"));

        sent.then()
                .statusCode(201)
                .body("id", notNullValue())
                .body("channelId", equalTo(id))
                .body("seq", equalTo(1))
                .body("text", equalTo("Five minutes to places!"))
                .body("author.id", equalTo(ada.id()))
                .body("author.username", equalTo(ada.username()))
                .body("author.displayName", equalTo("Test " + ada.username()))
                .body("clientId", equalTo("c-1"));
        assertThat(Instant.parse(sent.path("sentAt"))).isAfter(Instant.EPOCH);
        assertThat(Chat.allMessages(ada, id)).containsExactly(sent.jsonPath().getMap(""));
    }

    static List<String> goodTexts() {
        return List.of(
                "x",
                "x".repeat(4096),
                "😀".repeat(4096),
                "line\nbreak\tand tab\n",
                " ",
                " \n\t ",
                "\u00a0\u3000\u200b",
                "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
                "שלום \u202eabc\u202c مرحبا",
                "e\u0301 \u00e9 \u1112\u1161\u11ab \ud55c Z\u0351\u036b\u0343",
                "\uFEFFbom \uFFFD \uFFFF \u2028 \ud83f\udfff",
                "</script>'\"\\ \\u0000 %00 ${jndi:x} $1");
    }

    @ParameterizedTest
    @MethodSource("goodTexts")
    void aTextComesBackAsItWasSent(String text) {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        assertThat(Chat.send(ada, id, text).getString("text")).isEqualTo(text);

        byte[] escaped = ("{\"text\":\"" + escaped(text) + "\"}").getBytes(StandardCharsets.US_ASCII);
        assertThat(postBytes(ada, id, escaped).jsonPath().getString("text")).isEqualTo(text);
        assertThat(Chat.allMessages(ada, id))
                .extracting(message -> message.get("text"))
                .containsExactly(text, text);
    }

    /** Every UTF-16 unit as JSON's own escape, halves of pairs too. */
    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
        return json.toString();
    }

    private static Response postBytes(Person author, String channelId, byte[] body) {
        return Api.request()
                .header("Authorization", "Bearer " + author.accessToken())
                .contentType(ContentType.JSON)
                .body(body)
                .post(Chat.messages(channelId));
    }

    static List<String> badTexts() {
        return List.of(
                "",
                "x".repeat(4097),
                "😀".repeat(4097),
                "nul \u0000",
                "\u0001",
                "bell \u0007",
                "carriage\rreturn",
                "windows\r\nline",
                "form\ffeed",
                "escape \u001b[31m",
                "delete \u007f",
                "next line \u0085",
                "\u009f",
                "high \ud83d",
                "\ude00 low",
                "swapped \ude00\ud83d");
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void aTextAgainstTheRulesIsRefusedAndNotStored(String text) {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");
        byte[] body = ("{\"text\":\"" + escaped(text) + "\"}").getBytes(StandardCharsets.US_ASCII);

        postBytes(ada, id, body).then().statusCode(400).body("errors.field", hasItem("text"));

        assertThat(Chat.allMessages(ada, id)).isEmpty();
        assertThat(Chat.send(ada, id, "fine").getInt("seq")).isEqualTo(1);
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedAndNotStored() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        for (String bytes : List.of("\u00c3(", "\u00ff", "\u00ed\u00a0\u0080", "\u00f0\u009f\u0098", "\u0000")) {
            byte[] body = ("{\"text\":\"a" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            postBytes(ada, id, body).then().statusCode(400);
        }
        assertThat(Chat.allMessages(ada, id)).isEmpty();
    }

    @Test
    void aMessageNeedsATextAndNothingUnknown() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        for (String body : List.of("{}", "{\"text\":null}", "{\"text\":[]}", "{\"text\":{}}")) {
            ada.request()
                    .body(body)
                    .post(Chat.messages(id))
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("text"));
        }
        ada.request()
                .body("{\"text\":\"a\",\"seq\":7}")
                .post(Chat.messages(id))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("seq"));
        ada.request()
                .body("null")
                .post(Chat.messages(id))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("body"));
        assertThat(Chat.allMessages(ada, id)).isEmpty();
    }

    @Test
    void theSequenceHasNoGapsWhateverIsSentAtOnce() {
        List<Person> writers = Together.run(8, i -> Api.signUp());
        Person owner = writers.get(0);
        String id = Chat.create(owner, "private", writers.toArray(Person[]::new));
        Person outsider = Api.signUp();

        List<List<Integer>> sequences = Together.run(
                8,
                writer -> IntStream.range(0, 50)
                        .mapToObj(i -> sendAmongMishaps(writers.get(writer), outsider, id, i))
                        .toList());

        List<Map<String, Object>> all = Chat.allMessages(owner, id);
        assertThat(all)
                .extracting(message -> message.get("seq"))
                .isEqualTo(IntStream.rangeClosed(1, 400).boxed().toList());
        assertThat(sequences).allSatisfy(own -> assertThat(own).isSorted());
        assertThat(sequences.stream().flatMap(List::stream)).doesNotHaveDuplicates();
        for (int writer = 0; writer < 8; writer++) {
            List<Integer> own = sequences.get(writer);
            for (int i = 0; i < 50; i++) {
                Map<String, Object> message = all.get(own.get(i) - 1);
                assertThat(message.get("text")).isEqualTo("message " + i);
                assertThat(message.get("author"))
                        .hasFieldOrPropertyWithValue("id", writers.get(writer).id());
            }
        }
    }

    /** Sends one message, and now and then others that must not take a place in the sequence. */
    private static int sendAmongMishaps(Person writer, Person outsider, String channelId, int i) {
        Map<String, String> message = Map.of("text", "message " + i, "clientId", "c-" + i);
        int seq = Chat.post(writer, channelId, message)
                .then()
                .statusCode(201)
                .extract()
                .path("seq");
        switch (i % 5) {
            case 0 ->
                Chat.post(writer, channelId, message).then().statusCode(200).body("seq", equalTo(seq));
            case 1 -> Chat.post(writer, channelId, Map.of("text", "")).then().statusCode(400);
            case 2 -> Chat.post(outsider, channelId, message).then().statusCode(404);
            default -> {
                // The next message follows at once.
            }
        }
        return seq;
    }

    @Test
    void sendingAgainUnderTheSameClientIdGivesTheMessageBack() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        String id = Chat.create(ada, "private", bob);
        Response first = Chat.post(ada, id, Map.of("text", "once", "clientId", "c-1"));
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());

        Response again = Chat.post(ada, id, Map.of("text", "once", "clientId", "c-1"));

        again.then().statusCode(200).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.jsonPath().getMap("")).isEqualTo(first.jsonPath().getMap(""));
        Chat.post(bob, id, Map.of("text", "my own", "clientId", "c-1")).then().statusCode(201);
        assertThat(Chat.allMessages(ada, id))
                .extracting(message -> message.get("text"))
                .containsExactly("once", "my own");
    }

    @Test
    void oneClientIdSentManyTimesAtOnceIsOneMessage() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        List<Response> responses = Together.run(16, i -> Chat.post(ada, id, Map.of("text", "once", "clientId", "c-1")));

        assertThat(responses).extracting(Response::statusCode).containsOnly(200, 201);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 201)
                .hasSize(1);
        List<Map<String, Object>> all = Chat.allMessages(ada, id);
        assertThat(all).hasSize(1);
        assertThat(responses)
                .allSatisfy(
                        response -> assertThat(response.jsonPath().getMap("")).isEqualTo(all.get(0)));
        assertThat(Chat.send(ada, id, "twice").getInt("seq")).isEqualTo(2);
    }

    @Test
    void aClientIdBelongsToOneChannel() {
        Person ada = Api.signUp();
        String one = Chat.create(ada, "private");
        String other = Chat.create(ada, "private");
        Map<String, String> message = Map.of("text", "once", "clientId", "c-1");
        Chat.post(ada, one, message).then().statusCode(201);

        Chat.post(ada, other, message)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:stagedoor:problem:client-id-reused"));

        assertThat(Chat.allMessages(ada, other)).isEmpty();
        assertThat(Chat.send(ada, other, "fresh").getInt("seq")).isEqualTo(1);
    }

    @Test
    void aClientIdHasUpTo64CharactersAndNoControls() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        Chat.post(ada, id, Map.of("text", "a", "clientId", "🎫".repeat(64)))
                .then()
                .statusCode(201)
                .body("clientId", equalTo("🎫".repeat(64)));
        for (String clientId : List.of("", "c".repeat(65), "a\nb", "\u0000")) {
            Chat.post(ada, id, Map.of("text", "a", "clientId", clientId))
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("clientId"));
        }
        assertThat(Chat.allMessages(ada, id)).hasSize(1);
    }

    @Test
    void anIdempotencyKeyIsAClientIdThatIsStrictAboutTheText() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");
        String other = Chat.create(ada, "private");
        JsonPath first = sendWithKey(ada, id, "once")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .body("clientId", equalTo("key-1"))
                .extract()
                .jsonPath();

        JsonPath again = sendWithKey(ada, id, "once")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .extract()
                .jsonPath();

        assertThat(again.getMap("")).isEqualTo(first.getMap(""));
        sendWithKey(ada, id, "other text").then().statusCode(422);
        sendWithKey(ada, other, "once").then().statusCode(422);
        Chat.post(ada, id, Map.of("text", "once", "clientId", "key-1"))
                .then()
                .statusCode(200)
                .body("id", equalTo(first.getString("id")));
        assertThat(Chat.allMessages(ada, id)).hasSize(1);
    }

    private static Response sendWithKey(Person author, String channelId, String text) {
        return author.request()
                .header("Idempotency-Key", "key-1")
                .body(Map.of("text", text))
                .post(Chat.messages(channelId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blanks", "ümlaut"})
    void anUnreadableIdempotencyKeyIsRefused(String key) {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        ada.request()
                .header("Idempotency-Key", key)
                .body(Map.of("text", "a"))
                .post(Chat.messages(id))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("Idempotency-Key"));
        assertThat(Chat.allMessages(ada, id)).isEmpty();
    }

    @Test
    void whatIsNotJsonIsNotAMessage() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        ada.request()
                .contentType("text/plain")
                .body("hello")
                .post(Chat.messages(id))
                .then()
                .statusCode(415);
        ada.request().body("hello").post(Chat.messages(id)).then().statusCode(400);
        ada.request().body("{\"text\":\"a\"").post(Chat.messages(id)).then().statusCode(400);
    }
}
