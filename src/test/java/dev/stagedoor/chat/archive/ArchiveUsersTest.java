package dev.stagedoor.chat.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The users that come with an archive. */
@StagedoorTest
class ArchiveUsersTest {

    private ArchiveRoom room;

    @BeforeEach
    void chooseRoom() {
        room = new ArchiveRoom(Api.uniqueName());
    }

    @Test
    void namesThatAreTakenGetTheArchivesIdBehindThem() {
        Person taken = Api.signUp("Ada" + room.id());
        Archives.mustLoad(room.line("10:00:00Z", "ada", "a1", "hello")
                + room.line("10:00:01Z", "bob", "a2", "hi")
                + room.line("10:00:02Z", "BOB", "a3", "hi too").replace(room.id() + "BOB", room.id() + "rob"));

        List<Map<String, Object>> messages = room.messages();

        assertThat(messages)
                .extracting(message -> ArchiveRoom.author(message, "displayName"))
                .containsExactly("ada" + room.id(), "bob" + room.id(), "BOB" + room.id());
        List<String> usernames = messages.stream()
                .map(message -> ArchiveRoom.author(message, "username"))
                .toList();
        assertThat(usernames.get(0)).isEqualTo("ada" + room.id() + "-" + room.id() + "ada");
        assertThat(usernames.subList(1, 3))
                .isIn(
                        List.of("bob" + room.id(), "BOB" + room.id() + "-" + room.id() + "rob"),
                        List.of("bob" + room.id() + "-" + room.id() + "bob", "BOB" + room.id()));
        assertThat(Chat.get(taken, "/api/v1/users/me").getString("username")).isEqualTo(taken.username());
    }

    @Test
    void evenWhereTheNameWithTheIdIsTakenTheArchiveGoesIn() {
        String base = room.id().substring(0, 8);
        Person one = Api.signUp("a" + base);
        Person other = Api.signUp("a" + base + "-u" + base);
        String format = "%s\t%s\t2016-05-01T10:00:00Z\t%s\t%s\t%s\thello\n";

        JsonPath report = Archives.load(String.format(format, room.id(), room.name(), "u" + base, "A" + base, "m1")
                + String.format(format, room.id(), room.name(), "c" + room.id(), "b" + base, "m2")
                + String.format(format, room.id(), room.name(), "d" + room.id(), "b" + base, "m3")
                + String.format(format, room.id(), room.name(), "e1" + base, "b" + base + "-c" + room.id(), "m4")
                + String.format(format, room.id(), room.name(), "e2" + base, "b" + base + "-d" + room.id(), "m5"));

        ArchiveRoom.assertCounts(report, 5, 5, 0, 0);
        assertThat(report.getInt("users")).isEqualTo(5);
        assertThat(room.messages())
                .extracting(message -> ArchiveRoom.author(message, "username"))
                .doesNotHaveDuplicates()
                .doesNotContain(one.username(), other.username());
    }

    @Test
    void theLongestNamesFitEvenWhereTheyAreTaken() {
        String name = "n".repeat(100 - room.id().length()) + room.id();
        String idOne = "1".repeat(100 - room.id().length()) + room.id();
        String idOther = "2".repeat(100 - room.id().length()) + room.id();
        String format = "%s\t%s\t2016-05-01T10:00:00Z\t%s\t%s\t%s\thello\n";

        JsonPath report = Archives.load(String.format(format, room.id(), room.name(), idOne, name, "m1")
                + String.format(format, room.id(), room.name(), idOther, name, "m2"));

        ArchiveRoom.assertCounts(report, 2, 2, 0, 0);
        assertThat(room.messages())
                .extracting(message -> ArchiveRoom.author(message, "displayName"))
                .containsExactly(name, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "correct horse battery", "null"})
    void importedUsersCannotSignIn(String password) {
        Archives.mustLoad(room.smallArchive());
        String username = "ada" + room.id();

        Api.request()
                .body(Map.of("username", username, "password", password))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(401);
        Api.request()
                .body(Map.of("username", username, "password", Api.PASSWORD, "displayName", "Ada"))
                .post("/api/v1/auth/register")
                .then()
                .statusCode(409);
    }
}
