package dev.stagedoor.chat.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ArchiveResourceTest {

    private static final Path COMMUNITY = Path.of("src/main/resources/demo/community.tsv");

    private ArchiveRoom room;

    @BeforeEach
    void chooseRoom() {
        room = new ArchiveRoom(Api.uniqueName());
    }

    private static void assertGapless(List<Map<String, Object>> messages) {
        assertThat(messages)
                .extracting(message -> message.get("seq"))
                .isEqualTo(IntStream.rangeClosed(1, messages.size()).boxed().toList());
    }

    private static List<Object> texts(List<Map<String, Object>> messages) {
        return messages.stream().map(message -> message.get("text")).toList();
    }

    @Test
    void messagesComeInByTimeAndThenById() {
        JsonPath report = Archives.load(room.smallArchive());

        ArchiveRoom.assertCounts(report, 6, 5, 1, 0);
        assertThat(report.getInt("channels")).isEqualTo(1);
        assertThat(report.getInt("users")).isEqualTo(3);
        assertThat(report.getList("rejections")).isEmpty();
        List<Map<String, Object>> messages = room.messages();
        assertGapless(messages);
        assertThat(texts(messages)).containsExactly("first", "", "tie, first", "tie, second", "last");
        assertThat(messages)
                .extracting(message -> message.get("sentAt"))
                .containsExactly(
                        "2016-05-01T10:00:00Z",
                        "2016-05-01T10:00:01.125Z",
                        "2016-05-01T10:00:02Z",
                        "2016-05-01T10:00:02Z",
                        "2016-05-01T10:00:03Z");
        assertThat(messages)
                .extracting(message -> ArchiveRoom.author(message, "username"))
                .containsExactly(
                        "eve" + room.id(), "ada" + room.id(), "ada" + room.id(), "bob" + room.id(), "ada" + room.id());
        assertThat(messages).extracting(message -> message.get("clientId")).containsOnlyNulls();
    }

    @Test
    void aRoomBecomesAPublicChannelWithItsAuthorsAsMembers() {
        Archives.mustLoad(room.smallArchive());

        Person reader = Api.signUp();
        Map<String, Object> channel =
                Chat.get(reader, Chat.channel(room.channelId(reader))).getMap("");
        assertThat(channel)
                .containsEntry("name", room.name())
                .containsEntry("visibility", "public")
                .containsEntry("memberCount", 3)
                .containsEntry("createdAt", "2016-05-01T10:00:00Z");
        assertThat((Map<?, ?>) channel.get("lastMessage")).hasFieldOrPropertyWithValue("text", "last");
        assertThat((Map<?, ?>) channel.get("lastMessage")).hasFieldOrPropertyWithValue("seq", 5);
    }

    @Test
    void importingAgainChangesNothing() {
        Archives.mustLoad(room.smallArchive());
        List<Map<String, Object>> before = room.messages();

        JsonPath again = Archives.load(room.smallArchive());

        ArchiveRoom.assertCounts(again, 6, 0, 6, 0);
        assertThat(again.getInt("channels")).isZero();
        assertThat(again.getInt("users")).isZero();
        assertThat(room.messages()).isEqualTo(before);
    }

    @Test
    void textsComeInByteForByte() {
        List<String> texts = List.of(
                "carriage\rreturn",
                "\r",
                "windows\r\nline",
                "ends in return\r",
                "tab\tquote\"\"\nline",
                "  blanks  ",
                "bell \u0007 escape \u001b",
                "👩‍👩‍👧‍👦 e\u0301 \u202eabc",
                "x".repeat(20_000));
        StringBuilder archive = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            String quoted = '"' + texts.get(i).replace("\"", "\"\"") + '"';
            archive.append(room.line("10:00:0" + i + "Z", "ada", "m" + i, quoted));
        }
        archive.append(room.line("10:00:09Z", "ada", "m9", "plain\rreturn \"quotes\""));

        ArchiveRoom.assertCounts(Archives.load(archive.toString()), 10, 10, 0, 0);

        List<Object> read = texts(room.messages());
        assertThat(read.subList(0, 9)).isEqualTo(texts);
        assertThat(read.get(9)).isEqualTo("plain\rreturn \"quotes\"");
    }

    @Test
    void badLinesAreReportedWithNumberAndReasonAndTheRestIsIn() {
        JsonPath report = Archives.load(room.line("10:00:00Z", "ada", "a1", "\"two\nlines\"")
                + "only\tthree\tfields\n"
                + room.line("25:00:00Z", "ada", "a2", "no such time")
                + room.line("10:00:01Z", "ada", "a3", "\"open")
                + room.line("10:00:02Z", "ada", "a4", "nul\u0000")
                + room.line("10:00:03Z", "ada", "a5", "good"));

        ArchiveRoom.assertCounts(report, 6, 2, 0, 4);
        assertThat(report.getList("rejections.line")).containsExactly(3, 4, 5, 6);
        assertThat(report.getList("rejections.reason"))
                .containsExactly(
                        "has 3 fields, not 7",
                        "sent_at is not a time of RFC 3339",
                        "a quoted field does not end",
                        "text holds a NUL character, which PostgreSQL cannot store");
        assertThat(texts(room.messages())).containsExactly("two\nlines", "good");
    }

    @Test
    void ofManyBadLinesAllAreCountedAndTheFirstAreListed() {
        JsonPath report = Archives.load("bad\n".repeat(1500) + room.line("10:00:00Z", "ada", "a1", "good"));

        ArchiveRoom.assertCounts(report, 1501, 1, 0, 1500);
        assertThat(report.getList("rejections.line"))
                .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void whatALaterArchiveAddsGoesBehindWhatIsThere() {
        Archives.mustLoad(room.line("10:00:10Z", "ada", "b1", "one") + room.line("10:00:20Z", "ada", "b2", "two"));

        JsonPath report = Archives.load(room.line("10:00:30Z", "bob", "b5", "newer")
                + room.line("10:00:20Z", "ada", "b2", "two")
                + room.line("10:00:15Z", "bob", "b4", "between")
                + room.line("10:00:05Z", "bob", "b3", "older")
                + room.line("10:00:10Z", "ada", "b1", "one"));

        ArchiveRoom.assertCounts(report, 5, 3, 2, 0);
        List<Map<String, Object>> messages = room.messages();
        assertGapless(messages);
        assertThat(texts(messages)).containsExactly("one", "two", "older", "between", "newer");
    }

    @Test
    void theSequenceHasNoGapsWhilePeopleTalkDuringTheImport() {
        Archives.mustLoad(room.line("09:00:00Z", "ada", "a0", "first"));
        Person talker = Api.signUp();
        String channelId = room.channelId(talker);
        Chat.join(talker, channelId);
        String archive = IntStream.range(0, 6000)
                .mapToObj(i ->
                        room.line(String.format("10:%02d:%02d.%03dZ", i / 600, i % 60, i % 7), "ada", "m" + i, "t" + i))
                .collect(Collectors.joining());

        List<Integer> counts = Together.run(3, i -> {
            if (i == 0) {
                return Archives.load(archive).getInt("messages");
            }
            IntStream.range(0, 40).forEach(n -> Chat.say(talker, channelId, "live " + n));
            return 40;
        });

        assertThat(counts).containsExactly(6000, 40, 40);
        List<Map<String, Object>> messages = Chat.allMessages(talker, channelId);
        assertThat(messages).hasSize(6081);
        assertGapless(messages);
    }

    @Test
    void twoImportsAtOnceDoubleNothing() {
        String archive = IntStream.range(0, 500)
                .mapToObj(i -> room.line(String.format("10:%02d:%02dZ", i / 60, i % 60), "ada", "m" + i, "text " + i))
                .collect(Collectors.joining());
        byte[] bytes = archive.getBytes(StandardCharsets.UTF_8);

        List<Response> responses = Together.run(2, i -> Archives.post(Api.admin(), bytes));

        assertThat(responses).extracting(Response::statusCode).contains(200).isSubsetOf(200, 409);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 200)
                .extracting(response -> response.jsonPath().getInt("messages"))
                .containsOnlyOnce(500)
                .isSubsetOf(500, 0);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 409)
                .extracting(response -> response.jsonPath().getString("type"))
                .allMatch("urn:stagedoor:problem:import-in-progress"::equals);
        List<Map<String, Object>> messages = room.messages();
        assertThat(messages).hasSize(500);
        assertGapless(messages);
        ArchiveRoom.assertCounts(Archives.load(bytes), 500, 0, 500, 0);
    }

    @Test
    void onlyAnAdminImports() {
        byte[] bytes = room.smallArchive().getBytes(StandardCharsets.UTF_8);

        Archives.post(Api.signUp(), bytes).then().statusCode(403);
        Api.request()
                .contentType(Archives.MEDIA_TYPE)
                .body(bytes)
                .post(Archives.PATH)
                .then()
                .statusCode(401);
        assertThat(Chat.publicChannels(Api.admin(), room.name())).isEmpty();
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        Api.admin().request().body("{}").post(Archives.PATH).then().statusCode(415);
        Archives.post(Api.admin(), new byte[0])
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("body"))
                .body("detail", containsString("is empty"));
        Archives.post(Api.admin(), "a\tb\n\nc\n".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("body"))
                .body("detail", equalTo("body holds no message; line 1 has 2 fields, not 7"));
    }

    @Test
    void theDemoCommunityGoesInWhole() throws IOException {
        assumeThat(COMMUNITY).as("the demo community").exists();
        String file = Files.readString(COMMUNITY);
        List<List<String>> records = Archives.parse(file);

        assertThat(Archives.load(file).getInt("rejected")).isZero();

        ArchiveRoom.assertCounts(Archives.load(file), records.size(), 0, records.size(), 0);
        Person reader = Api.signUp();
        List<Integer> sizes = records.stream()
                .map(fields -> fields.get(1))
                .distinct()
                .map(name -> {
                    List<Map<String, Object>> channels = Chat.publicChannels(reader, name);
                    assertThat(channels).hasSize(1);
                    return (Integer) ((Map<?, ?>) channels.get(0).get("lastMessage")).get("seq");
                })
                .toList();
        assertThat(sizes).hasSize(5);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(417)
                .isEqualTo(Archives.inOrder(records).size());
    }
}
