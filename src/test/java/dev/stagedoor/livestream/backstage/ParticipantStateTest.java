package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class ParticipantStateTest {

    private static final List<String> STATES = List.of("invited", "waiting", "backstage", "on_air", "left");

    private static Person owner;
    private static Person guest;
    private static String stream;

    @BeforeEach
    void castOneStreamForAll() {
        if (stream == null) {
            owner = Api.signUp();
            guest = Api.signUp();
            stream = Streams.create(owner);
        }
    }

    /** To accept, which is the step from invited to waiting, is not for the host: hence its 403. */
    @ParameterizedTest
    @CsvSource({
        "invited,   200, 403, 409, 409, 200",
        "waiting,   409, 200, 200, 409, 200",
        "backstage, 409, 200, 200, 200, 200",
        "on_air,    409, 409, 200, 200, 200",
        "left,      200, 409, 409, 409, 200"
    })
    void aHostMovesAGuestByOneStepAtATime(String from, int invited, int waiting, int backstage, int onAir, int left) {
        List<Integer> expected = List.of(invited, waiting, backstage, onAir, left);

        for (int i = 0; i < STATES.size(); i++) {
            String to = STATES.get(i);
            Streams.place(stream, guest, "guest", from);
            Response moved = Streams.move(owner, stream, guest, to);

            assertThat(moved.statusCode()).as("%s to %s", from, to).isEqualTo(expected.get(i));
            assertThat(state()).isEqualTo(expected.get(i) == 200 ? to : from);
        }
    }

    private static String state() {
        return owner.request().get(Streams.participant(stream, guest)).path("state");
    }

    @Test
    void anIllegalStepIsNamed() {
        Streams.place(stream, guest, "guest", "waiting");

        Streams.move(owner, stream, guest, "on_air")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:illegal-step"))
                .body("detail", equalTo("There is no step from waiting to on_air"));
    }

    @Test
    void aGuestGoesAllTheWayAndComesAgain() {
        Person person = Api.signUp();
        Streams.invite(owner, stream, person, "guest");

        Streams.move(person, stream, person, "waiting").then().statusCode(200).body("version", equalTo(1));
        for (String state : List.of("backstage", "on_air", "left", "invited")) {
            Streams.move(owner, stream, person, state).then().statusCode(200).body("state", equalTo(state));
        }
        Streams.move(person, stream, person, "waiting").then().statusCode(200).body("version", equalTo(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "backstage", "on_air", "left"})
    void everyoneBeginsAsInvited(String state) {
        Streams.displace(stream, guest);

        owner.request()
                .body(Map.of("role", "guest", "state", state))
                .put(Streams.participant(stream, guest))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:illegal-step"));
        owner.request().get(Streams.participant(stream, guest)).then().statusCode(404);
    }

    @Test
    void toReplaceIsAStepToo() {
        Streams.place(stream, guest, "guest", "waiting");

        assertThat(replace("guest", "on_air")).isEqualTo(409);
        assertThat(replace("moderator", "backstage")).isEqualTo(200);
        assertThat(replace("moderator", "on_air")).isEqualTo(200);
        assertThat(replace("moderator", "waiting")).isEqualTo(409);
        assertThat(state()).isEqualTo("on_air");
    }

    private static int replace(String role, String state) {
        return owner.request()
                .header("If-Match", "*")
                .body(Map.of("role", role, "state", state))
                .put(Streams.participant(stream, guest))
                .statusCode();
    }

    @Test
    void ofAChangeWithAnIllegalStepNothingIsMade() {
        Streams.place(stream, guest, "guest", "waiting");
        String before = Streams.tag(owner, Streams.participant(stream, guest));

        Map<String, Object> change = Map.of("role", "moderator", "muted", true, "state", "on_air");
        Streams.patch(owner, Streams.participant(stream, guest), before, change)
                .then()
                .statusCode(409);

        assertThat(Streams.tag(owner, Streams.participant(stream, guest))).isEqualTo(before);
    }

    @Test
    void whatIsSoAlreadyIsNoChange() {
        Streams.place(stream, guest, "guest", "waiting");
        String before = Streams.tag(owner, Streams.participant(stream, guest));

        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of(), Map.of("state", "waiting"), Map.of("role", "guest", "muted", false))) {
            Response same = Streams.patch(owner, Streams.participant(stream, guest), before, change);
            same.then().statusCode(200).header("ETag", equalTo(before));
        }
    }

    @Test
    void theOwnerStaysAsAHostWhoeverAsks() {
        Person host = Streams.joined(owner, stream, "host");

        for (Person actor : List.of(owner, host, Api.admin())) {
            for (Map<String, String> change :
                    List.of(Map.of("state", "left"), Map.of("role", "guest"), Map.of("role", "moderator"))) {
                Streams.patch(actor, Streams.participant(stream, owner), "*", change)
                        .then()
                        .statusCode(409)
                        .body("type", equalTo("urn:stagedoor:problem:owner-stays-host"));
            }
            Streams.delete(actor, Streams.participant(stream, owner), "*")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:stagedoor:problem:owner-stays-host"));
        }
        owner.request()
                .get(Streams.participant(stream, owner))
                .then()
                .body("role", equalTo("host"))
                .body("state", equalTo("backstage"))
                .body("version", equalTo(0));
    }

    @Test
    void theOwnerGoesOnAirAndBack() {
        String own = Streams.create(owner);

        for (String state : List.of("on_air", "backstage")) {
            Streams.move(owner, own, owner, state).then().statusCode(200).body("state", equalTo(state));
        }
    }
}
