package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class ParticipantRightsTest {

    private static final List<String> ROLES = List.of("host", "moderator", "guest");

    private static final List<Map<String, ?>> CHANGES = List.of(
            Map.of("muted", true), Map.of("muted", false), Map.of("state", "backstage"), Map.of("state", "left"));

    /** Who acts; one stream has them all. */
    private static final Map<String, Person> ACTORS = new HashMap<>();

    private static Person target;
    private static String stream;

    @BeforeEach
    void castOneStreamForAll() {
        if (stream == null) {
            for (String name : List.of("owner", "outsider", "host", "moderator", "guest", "invited", "left")) {
                ACTORS.put(name, Api.signUp());
            }
            ACTORS.put("admin", Api.admin());
            target = Api.signUp();
            stream = Streams.create(ACTORS.get("owner"));
        }
        for (String role : ROLES) {
            Streams.place(stream, ACTORS.get(role), role, "waiting");
        }
        Streams.place(stream, ACTORS.get("invited"), "host", "invited");
        Streams.place(stream, ACTORS.get("left"), "host", "left");
    }

    @ParameterizedTest
    @CsvSource({
        "owner,     200, 200, 200",
        "host,      200, 200, 200",
        "admin,     200, 200, 200",
        "moderator, 403, 200, 200",
        "guest,     403, 403, 403",
        "invited,   403, 403, 403",
        "left,      404, 404, 404",
        "outsider,  404, 404, 404"
    })
    void whoManagesOthersDependsOnTheRolesOfBoth(String actor, int host, int moderator, int guest) {
        Map<String, Integer> statuses = Map.of("host", host, "moderator", moderator, "guest", guest);

        for (String role : ROLES) {
            int expected = statuses.get(role);
            Streams.place(stream, target, role, "waiting");
            String before = seenByOwner();
            for (Map<String, ?> change : CHANGES) {
                assertThat(change(actor, target, change).statusCode())
                        .as("%s: %s of a %s", actor, change, role)
                        .isEqualTo(expected);
            }
            assertThat(seenByOwner().equals(before)).isEqualTo(expected != 200);
            assertThat(remove(actor, target)).isEqualTo(expected == 200 ? 204 : expected);
        }
    }

    private static String seenByOwner() {
        return ACTORS.get("owner")
                .request()
                .get(Streams.participant(stream, target))
                .asString();
    }

    @ParameterizedTest
    @CsvSource({
        "owner,     201, 201, 201",
        "host,      201, 201, 201",
        "admin,     201, 201, 201",
        "moderator, 403, 201, 201",
        "guest,     403, 403, 403",
        "invited,   403, 403, 403",
        "left,      404, 404, 404",
        "outsider,  404, 404, 404"
    })
    void whoInvitesOthersDependsOnTheRolesOfBoth(String actor, int host, int moderator, int guest) {
        Map<String, Integer> statuses = Map.of("host", host, "moderator", moderator, "guest", guest);

        for (String role : ROLES) {
            Streams.displace(stream, target);
            ACTORS.get(actor)
                    .request()
                    .body(Map.of("role", role))
                    .put(Streams.participant(stream, target))
                    .then()
                    .statusCode(statuses.get(role));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "host,      guest,     host,      200",
        "host,      host,      guest,     200",
        "host,      moderator, host,      200",
        "admin,     guest,     host,      200",
        "moderator, guest,     moderator, 200",
        "moderator, moderator, guest,     200",
        "moderator, guest,     host,      403",
        "moderator, moderator, host,      403",
        "moderator, host,      guest,     403",
        "guest,     guest,     moderator, 403",
        "guest,     moderator, guest,     403",
        "invited,   guest,     moderator, 403",
        "left,      guest,     moderator, 404",
        "outsider,  guest,     moderator, 404"
    })
    void aRoleIsGivenByWhoManagesBothTheOldAndTheNew(String actor, String from, String to, int status) {
        Streams.place(stream, target, from, "waiting");

        assertThat(change(actor, target, Map.of("role", to)).statusCode()).isEqualTo(status);

        assertThat(role(target)).isEqualTo(status == 200 ? to : from);
    }

    private static String role(Person person) {
        return ACTORS.get("owner")
                .request()
                .get(Streams.participant(stream, person))
                .path("role");
    }

    @ParameterizedTest
    @CsvSource({"host,      200, 200, 200, 204", "moderator, 200, 200, 403, 204", "guest,     403, 403, 403, 403"})
    void whatOneDoesToOneselfBeyondLeavingNeedsTheSameRights(
            String actor, int unmuting, int stepping, int promoting, int removing) {
        Person self = ACTORS.get(actor);

        assertThat(change(actor, self, Map.of("muted", true)).statusCode()).isEqualTo(200);
        assertThat(change(actor, self, Map.of("muted", false)).statusCode()).isEqualTo(unmuting);
        assertThat(change(actor, self, Map.of("state", "backstage")).statusCode())
                .isEqualTo(stepping);
        assertThat(change(actor, self, Map.of("role", "host")).statusCode()).isEqualTo(promoting);
        assertThat(remove(actor, self)).isEqualTo(removing);
    }

    @ParameterizedTest
    @CsvSource({"host", "moderator", "guest", "invited"})
    void everyoneLeavesByThemselvesAndIsOutsideThen(String actor) {
        assertThat(change(actor, ACTORS.get(actor), Map.of("state", "left")).statusCode())
                .isEqualTo(200);

        ACTORS.get(actor).request().get(Streams.participants(stream)).then().statusCode(404);
        assertThat(change(actor, ACTORS.get(actor), Map.of("state", "invited")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyWhoWasInvitedAccepts() {
        for (String other : List.of("owner", "host", "moderator", "admin")) {
            Streams.place(stream, target, "guest", "invited");
            assertThat(change(other, target, Map.of("state", "waiting")).statusCode())
                    .isEqualTo(403);
        }

        Streams.move(target, stream, target, "waiting").then().statusCode(200);
    }

    @Test
    void whoGivesUpTheirRoleHasItsRightsNoMore() {
        assertThat(change("moderator", ACTORS.get("moderator"), Map.of("role", "guest"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(change("moderator", ACTORS.get("moderator"), Map.of("role", "moderator"))
                        .statusCode())
                .isEqualTo(403);
        Streams.place(stream, target, "guest", "waiting");
        assertThat(change("moderator", target, Map.of("muted", true)).statusCode())
                .isEqualTo(403);
    }

    private static Response change(String actor, Person person, Map<String, ?> change) {
        return Streams.patch(ACTORS.get(actor), Streams.participant(stream, person), "*", change);
    }

    private static int remove(String actor, Person person) {
        return Streams.delete(ACTORS.get(actor), Streams.participant(stream, person), "*")
                .statusCode();
    }
}
