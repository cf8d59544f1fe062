package dev.stagedoor.chat.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ExportTest {

    private static Response export(Person reader, String channelId, String form) {
        return reader.request().accept("*/*").get(Chat.channel(channelId) + "/export" + form);
    }

    private static String tsv(Person reader, String channelId) {
        return export(reader, channelId, "/tsv")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String imported(Person reader, String archive, String room) {
        JsonPath report = Archives.load(archive);
        assertThat(report.getInt("rejected")).isZero();
        String id = (String) Chat.publicChannels(reader, room).get(0).get("id");
        Chat.join(reader, id);
        return id;
    }

    @Test
    void whatIsExportedAndImportedIsExportedAlike() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        String channel = Chat.create(ada, "private", bob);
        String name = Chat.get(ada, Chat.channel(channel)).getString("name");
        Chat.say(ada, channel, "Plain");
        Chat.say(bob, channel, "Tabs\tand \"quotes\",\nlines… 舞台 👩‍🚀");
        Chat.say(ada, channel, "\"");
        Chat.say(bob, channel, "To be deleted");
        Chat.say(ada, channel, " spaces ");
        bob.request().delete(Chat.messages(channel) + "/4").then().statusCode(204);
        String exported = tsv(ada, channel);

        String copy = imported(ada, exported, name);

        assertThat(exported.lines().filter(line -> line.startsWith(channel))).hasSize(5);
        assertThat(tsv(ada, copy)).isEqualTo(exported);
        assertThat(Chat.allMessages(ada, copy))
                .extracting(message -> message.get("text"))
                .isEqualTo(Chat.allMessages(ada, channel).stream()
                        .map(message -> message.get("text"))
                        .toList());
        assertThat(Chat.allMessages(ada, copy).get(3).get("deletedAt")).isNotNull();
        assertThat(Archives.load(exported).getInt("messages")).isZero();
    }

    @Test
    void anArchiveComesOutAsItWentIn() {
        ArchiveRoom room = new ArchiveRoom(Api.uniqueName());
        Archives.mustLoad(room.smallArchive());
        Person reader = Api.signUp();
        String channel =
                (String) Chat.publicChannels(reader, room.name()).get(0).get("id");
        Chat.join(reader, channel);

        List<String> exported = tsv(reader, channel).lines().toList();

        assertThat(room.smallArchive().lines()).containsAll(exported);
        assertThat(exported).hasSize(5);
    }

    @Test
    void linesOfJsonAreTheMessages() {
        Person ada = Api.signUp();
        String channel = Chat.create(ada, "private");
        Database.change(
                """
                INSERT INTO message (channel_id, seq, id, author_id, text, sent_at)
                SELECT '%1$s', n, uuid_v7(now()), '%2$s', 'Said ' || n, now() FROM generate_series(1, 2000) n
                """.formatted(channel, ada.id()),
                "UPDATE channel SET last_seq = 2000, last_change = 2000 WHERE id = '" + channel + "'");

        List<JsonObject> lines = export(ada, channel, "")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/x-ndjson"))
                .extract()
                .asString()
                .lines()
                .map(JsonObject::new)
                .toList();

        Map<String, Object> first = Chat.get(ada, Chat.messages(channel) + "/1").getMap("");
        assertThat(lines).hasSize(2000);
        assertThat(lines.get(0).getMap()).containsAllEntriesOf(Map.of("id", first.get("id"), "text", "Said 1"));
        assertThat(lines.get(1999).getLong("seq")).isEqualTo(2000);
    }

    @Test
    void onlyMembersExport() {
        Person ada = Api.signUp();
        Person eve = Api.signUp();

        for (String form : List.of("", "/tsv")) {
            export(eve, Chat.create(ada, "private"), form).then().statusCode(404);
            export(eve, Chat.create(ada, "public"), form).then().statusCode(403);
        }
    }
}
