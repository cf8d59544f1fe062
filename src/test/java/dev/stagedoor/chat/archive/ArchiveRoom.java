package dev.stagedoor.chat.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;

/** A room of a test's own, with the lines that its archive has. */
record ArchiveRoom(String id) {

    String name() {
        return "test/" + id;
    }

    String line(String time, String user, String messageId, String text) {
        return String.join("\t", id, name(), "2016-05-01T" + time, id + user, user + id, messageId, text) + "\n";
    }

    /** Newest first, with a tie, a tombstone, and one message that stands twice. */
    String smallArchive() {
        return line("10:00:03Z", "ada", "a5", "last")
                + line("10:00:02Z", "bob", "a4", "tie, second")
                + line("10:00:02Z", "ada", "a3", "tie, first")
                + line("10:00:03Z", "ada", "a5", "last")
                + line("10:00:01.125Z", "ada", "a2", "")
                + line("10:00:00Z", "eve", "a1", "first");
    }

    String channelId(Person reader) {
        List<Map<String, Object>> channels = Chat.publicChannels(reader, name());
        assertThat(channels).hasSize(1);
        return (String) channels.get(0).get("id");
    }

    /** All messages, as a member reads them. */
    List<Map<String, Object>> messages() {
        Person reader = Api.signUp();
        String channelId = channelId(reader);
        Chat.join(reader, channelId);
        return Chat.allMessages(reader, channelId);
    }

    static String author(Map<String, Object> message, String field) {
        return (String) ((Map<?, ?>) message.get("author")).get(field);
    }

    static void assertCounts(JsonPath report, int records, int messages, int repeated, int rejected) {
        assertThat(report.getInt("records")).isEqualTo(records);
        assertThat(report.getInt("messages")).isEqualTo(messages);
        assertThat(report.getInt("repeated")).isEqualTo(repeated);
        assertThat(report.getInt("rejected")).isEqualTo(rejected);
    }
}
