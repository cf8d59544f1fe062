package dev.stagedoor.chat.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.EmbeddedServices;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real rooms, where they are at hand: they are not part of the project. */
@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(EmbeddedServices.class)
class RealArchiveIT {

    private static final Path FOLDER = Path.of("../shared/data/gitter");

    private static List<Path> archives() throws IOException {
        assumeThat(FOLDER).as("a folder of real chat archives, one .tsv each").isDirectory();
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyRoomIsReadBackPageByPageAsItsFileHasIt() throws IOException {
        Person reader = Api.signUp();
        Map<String, String> authors = new HashMap<>();
        for (Path archive : archives()) {
            String file = read(archive);
            List<List<String>> records = Archives.parse(file);
            List<List<String>> expected = Archives.inOrder(records);

            JsonPath report = Archives.load(file);

            assertThat(report.getInt("records")).isEqualTo(records.size());
            assertThat(report.getInt("rejected")).isZero();
            compare(reader, expected, authors);
        }
        assertThat(authors.values()).doesNotHaveDuplicates();
    }

    private static void compare(Person reader, List<List<String>> expected, Map<String, String> authors) {
        List<Map<String, Object>> channels =
                Chat.publicChannels(reader, expected.get(0).get(1));
        assertThat(channels).hasSize(1);
        String channelId = (String) channels.get(0).get("id");
        Chat.join(reader, channelId);
        List<Map<String, Object>> messages = Chat.allMessages(reader, channelId);

        assertThat(messages).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Map<String, Object> message = messages.get(i);
            List<String> fields = expected.get(i);
            assertThat(message.get("seq")).isEqualTo(i + 1);
            assertThat(message.get("text")).isEqualTo(fields.get(6));
            assertThat(Instant.parse((String) message.get("sentAt"))).isEqualTo(Instant.parse(fields.get(2)));
            Map<?, ?> author = (Map<?, ?>) message.get("author");
            assertThat((String) author.get("username")).startsWith(fields.get(4));
            assertThat(author.get("displayName")).isEqualTo(fields.get(4));
            String id = (String) author.get("id");
            assertThat(authors.computeIfAbsent(fields.get(3), absent -> id)).isEqualTo(id);
        }
    }

    @Test
    void importingAllOfThemAgainChangesNothing() throws IOException {
        Person reader = Api.signUp();
        for (Path archive : archives()) {
            String file = read(archive);
            List<List<String>> records = Archives.parse(file);
            String name = records.get(0).get(1);
            assertThat(Archives.load(file).getInt("records")).isEqualTo(records.size());
            List<Map<String, Object>> before = Chat.publicChannels(reader, name);

            JsonPath again = Archives.load(file);

            assertThat(again.getInt("messages")).isZero();
            assertThat(again.getInt("users")).isZero();
            assertThat(again.getInt("channels")).isZero();
            assertThat(again.getInt("repeated")).isEqualTo(records.size());
            assertThat(Chat.publicChannels(reader, name)).isEqualTo(before);
        }
    }
}
