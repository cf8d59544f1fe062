package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SessionGraphTest {

    private static final String SESSIONS_OF_USER =
            "query($id: ID!) { user(id: $id) { id displayName sessions { id startTime duration } } }";

    private Person creator;
    private Person user;

    @BeforeEach
    void signUp() {
        creator = Sessions.alwaysFree();
        user = Tokens.rich(1000);
    }

    private static List<String> sessionsOf(Person person, Person caller) {
        return Graphql.data(caller, SESSIONS_OF_USER, Map.of("id", person.id())).getList("user.sessions.id");
    }

    @Test
    void aUserIsReadWithTheirSessions() {
        Instant start = Sessions.inDays(3);
        String id = Sessions.booked(user, creator, start);

        JsonPath found = Graphql.data(user, SESSIONS_OF_USER, Map.of("id", user.id()));

        assertThat(found.getMap("user"))
                .isEqualTo(Map.of(
                        "id",
                        user.id(),
                        "displayName",
                        "Test " + user.username(),
                        "sessions",
                        List.of(Map.of("id", id, "startTime", start.toString(), "duration", 60))));
    }

    @Test
    void callersSeeTheirOwnSessionsAndOfOthersThoseThatTheyShare() {
        Person other = Tokens.rich(1000);
        String theirs = Sessions.booked(user, creator, Sessions.inDays(3));
        String others = Sessions.booked(other, creator, Sessions.inDays(4));
        String elsewhere = Sessions.booked(user, Sessions.alwaysFree(), Sessions.inDays(5));

        assertThat(sessionsOf(user, user)).isEqualTo(List.of(elsewhere, theirs));
        assertThat(sessionsOf(creator, creator)).isEqualTo(List.of(others, theirs));
        assertThat(sessionsOf(creator, user)).isEqualTo(List.of(theirs));
        assertThat(sessionsOf(user, creator)).isEqualTo(List.of(theirs));
        assertThat(sessionsOf(user, other)).isEmpty();
        assertThat(sessionsOf(user, Api.admin())).isEmpty();
    }

    @Test
    void aSessionIsTheSameAsByRest() {
        String id = Sessions.booked(user, creator, Sessions.inDays(3));
        Map<String, Object> byRest =
                user.request().get(Sessions.SESSIONS + "/" + id).jsonPath().getMap("");
        String query = "{ session(id: \"" + id + "\") { id startTime endTime duration status priceTokens holdExpiresAt"
                + " refundableUntil createdAt version creator { id } user { id } } }";

        JsonPath found = Graphql.data(user, query, Map.of());

        assertThat(found.getMap("session"))
                .containsAllEntriesOf(Map.of(
                        "id",
                        id,
                        "startTime",
                        byRest.get("startsAt"),
                        "endTime",
                        byRest.get("endsAt"),
                        "duration",
                        60,
                        "status",
                        "HOLD",
                        "priceTokens",
                        100,
                        "holdExpiresAt",
                        byRest.get("holdExpiresAt"),
                        "refundableUntil",
                        byRest.get("refundableUntil"),
                        "createdAt",
                        byRest.get("createdAt"),
                        "version",
                        0))
                .containsEntry("creator", Map.of("id", creator.id()))
                .containsEntry("user", Map.of("id", user.id()));
    }

    @Test
    void othersDoNotSeeASession() {
        String id = Sessions.booked(user, creator, Sessions.inDays(3));
        String query = "query($id: ID!) { session(id: $id) { id } }";

        assertThat(Graphql.data(Api.signUp(), query, Map.of("id", id)).getMap("session"))
                .isNull();
        assertThat(Graphql.data(user, query, Map.of("id", Chat.UNKNOWN_ID)).getMap("session"))
                .isNull();
        assertThat(Graphql.code(Graphql.post(Api.request(), "{ session(id: \"" + id + "\") { id } }")))
                .isEqualTo("unauthorized");
    }

    @Test
    void sessionsAreFilteredAndPaged() {
        String first = Sessions.booked(user, creator, Sessions.inDays(3));
        String second = Sessions.confirmed(user, creator, Sessions.inDays(4));
        String third = Sessions.booked(user, creator, Sessions.inDays(5));
        String elsewhere = Sessions.booked(user, Sessions.alwaysFree(), Sessions.inDays(6));
        String query = "query($status: SessionStatus, $with: ID, $cursor: String) {"
                + " sessions(status: $status, with: $with, limit: 2, cursor: $cursor) { data { id } next } }";

        JsonPath all = Graphql.data(user, query, Map.of());
        JsonPath rest = Graphql.data(user, query, Map.of("cursor", all.getString("sessions.next")));
        JsonPath shared = Graphql.data(user, query, Map.of("with", creator.id()));
        JsonPath sharedRest =
                Graphql.data(user, query, Map.of("with", creator.id(), "cursor", shared.getString("sessions.next")));
        JsonPath confirmed = Graphql.data(user, query, Map.of("status", "CONFIRMED"));
        JsonPath sharedHolds = Graphql.data(user, query, Map.of("with", creator.id(), "status", "HOLD"));

        assertThat(all.getList("sessions.data.id")).isEqualTo(List.of(elsewhere, third));
        assertThat(rest.getList("sessions.data.id")).isEqualTo(List.of(second, first));
        assertThat(rest.getString("sessions.next")).isNull();
        assertThat(shared.getList("sessions.data.id")).isEqualTo(List.of(third, second));
        assertThat(sharedRest.getList("sessions.data.id")).isEqualTo(List.of(first));
        assertThat(confirmed.getList("sessions.data.id")).isEqualTo(List.of(second));
        assertThat(sharedHolds.getList("sessions.data.id")).isEqualTo(List.of(third, first));
    }

    @Test
    void aUsersSessionsAreFilteredAndLimited() {
        String first = Sessions.confirmed(user, creator, Sessions.inDays(3));
        String second = Sessions.booked(user, creator, Sessions.inDays(4));

        JsonPath found = Graphql.data(
                user,
                "{ me { newest: sessions(limit: 1) { id } confirmed: sessions(status: CONFIRMED) { id } } }",
                Map.of());

        assertThat(found.getList("me.newest.id")).isEqualTo(List.of(second));
        assertThat(found.getList("me.confirmed.id")).isEqualTo(List.of(first));
    }

    @Test
    void theLinksOfSessionsAreWalkedWithOneStatementALevelAndTable() {
        Person another = Sessions.alwaysFree();
        for (Person each : List.of(creator, another)) {
            assertThat(Sessions.booked(user, each, Sessions.inDays(3))).isNotEqualTo(Chat.UNKNOWN_ID);
            assertThat(Sessions.booked(user, each, Sessions.inDays(4))).isNotEqualTo(Chat.UNKNOWN_ID);
        }
        String query = "{ sessions { data { user { username role } creator { displayName exceptions { date }"
                + " user { sessions { id } role } } } } }";
        Graphql.succeed(Graphql.post(user.request(), query));

        int statements = Statements.of(200, () -> Graphql.post(user.request(), query));
        JsonPath found = Graphql.data(user, query, Map.of());

        assertThat(found.getList("sessions.data.user.username")).hasSize(4).containsOnly(user.username());
        assertThat(found.getList("sessions.data[0].creator.user.sessions")).hasSize(2);
        assertThat(statements)
                .as("sessions; who booked, and the creators; the sessions of these, and they as users")
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit: 0", "limit: 101", "cursor: \"forged\"", "with: \"me\""})
    void whatRestRefusesIsRefused(String argument) {
        Response answer = Graphql.post(user.request(), "{ sessions(" + argument + ") { next } }");

        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        assertThat(Sessions.booked(user, creator, Sessions.inDays(3)))
                .isNotEqualTo(Sessions.booked(user, creator, Sessions.inDays(4)));
        String cursor =
                Graphql.data(user, "{ sessions(limit: 1) { next } }", Map.of()).getString("sessions.next");

        Response answer = Graphql.post(
                user.request(),
                "{ sessions(with: \"" + creator.id() + "\", cursor: \"" + cursor + "\") { data { id } } }");

        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
    }
}
