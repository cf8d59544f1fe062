package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Together;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ParticipantsAtOnceTest {

    private static final int MAX_PARTICIPANTS = 100;
    private static final Map<String, Object> GUEST = Map.of("role", "guest");

    private static Person owner;
    private static Person guest;
    private static Person other;

    private String stream;

    @BeforeEach
    void createAStream() {
        if (owner == null) {
            owner = Api.signUp();
            guest = Api.signUp();
            other = Api.signUp();
        }
        stream = Streams.create(owner);
    }

    @Test
    void ofManyChangesOfOneStateOneIsMade() {
        Streams.place(stream, guest, "guest", "waiting");
        String path = Streams.participant(stream, guest);
        for (int round = 0; round < 5; round++) {
            String seen = Streams.tag(owner, path);
            boolean muted = round % 2 == 0;

            List<Response> answers = Together.run(6, i -> Streams.patch(owner, path, seen, Map.of("muted", muted)));

            assertThat(answers)
                    .extracting(Response::statusCode)
                    .containsOnlyOnce(200)
                    .containsOnly(200, 412);
            assertThat(answers).extracting(answer -> answer.header("ETag")).containsOnly(Streams.tag(owner, path));
        }
    }

    @Test
    void changesOfDifferentPeopleAreAllMade() {
        List<Person> people = List.of(guest, other, owner);
        Streams.place(stream, guest, "guest", "waiting");
        Streams.place(stream, other, "guest", "waiting");
        List<String> seen = people.stream()
                .map(person -> Streams.tag(owner, Streams.participant(stream, person)))
                .toList();

        List<Integer> statuses = Together.run(
                people.size(),
                i -> Streams.patch(
                                owner, Streams.participant(stream, people.get(i)), seen.get(i), Map.of("muted", true))
                        .statusCode());

        assertThat(statuses).containsOnly(200);
    }

    @Test
    void ofManyInvitationsOfOnePersonOneIsMade() {
        String path = Streams.participant(stream, guest);

        List<Integer> statuses = Together.run(
                8,
                i -> i % 2 == 0
                        ? owner.request().body(GUEST).put(path).statusCode()
                        : owner.request()
                                .header("If-None-Match", "*")
                                .body(GUEST)
                                .put(path)
                                .statusCode());

        assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 412, 428);
        owner.request()
                .get(Streams.participants(stream))
                .then()
                .body("data.user.id", equalTo(List.of(owner.id(), guest.id())));
    }

    @Test
    void ofManyRemovalsOneIsMade() {
        Streams.place(stream, guest, "guest", "waiting");

        List<Integer> statuses = Together.run(
                6,
                i -> Streams.delete(owner, Streams.participant(stream, guest), "*")
                        .statusCode());

        assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 404);
    }

    @Test
    void theLastPlaceIsTakenByOne() {
        fill(MAX_PARTICIPANTS - 2);
        List<Person> late = List.of(guest, other);

        List<Response> answers =
                Together.run(2, i -> owner.request().body(GUEST).put(Streams.participant(stream, late.get(i))));

        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(201, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .extracting(answer -> answer.<String>path("type"))
                .containsExactly("urn:stagedoor:problem:too-many-participants");
    }

    @Test
    void whereAllPlacesAreTakenOthersStillChangeAndMakeRoom() {
        fill(MAX_PARTICIPANTS - 2);
        Streams.invite(owner, stream, guest, "guest");
        String path = Streams.participant(stream, guest);

        owner.request()
                .body(GUEST)
                .put(Streams.participant(stream, other))
                .then()
                .statusCode(409);
        owner.request()
                .get(Streams.participants(stream))
                .then()
                .statusCode(200)
                .body("data", hasSize(MAX_PARTICIPANTS));
        owner.request()
                .header("If-Match", "*")
                .body(Map.of("role", "moderator"))
                .put(path)
                .then()
                .statusCode(200);
        Streams.delete(owner, path, "*").then().statusCode(204);
        Streams.invite(owner, stream, other, "guest");
    }

    /** So many more users take part. */
    private void fill(int people) {
        assertThat(Database.query("""
                        WITH someone AS (
                            INSERT INTO app_user (id, username, display_name, role, created_at)
                            SELECT uuid_v7(now()), '%s-' || n, 'Someone', 'user', now()
                            FROM generate_series(1, %d) n
                            RETURNING id
                        )
                        INSERT INTO stream_participant (id, stream_id, user_id, role, state)
                        SELECT uuid_v7(now()), '%s', id, 'guest', 'invited' FROM someone
                        RETURNING id
                        """.formatted(Api.uniqueName(), people, stream)))
                .hasSize(people);
    }

    @Test
    void ofHostsWhoDemoteEachOtherOneStaysOne() {
        Streams.place(stream, guest, "host", "backstage");
        Streams.place(stream, other, "host", "backstage");

        List<Integer> statuses = Together.run(8, i -> i % 2 == 0 ? demote(guest, other) : demote(other, guest));

        assertThat(statuses).contains(200).isSubsetOf(200, 403);
        List<String> roles = owner.request()
                .get(Streams.participants(stream))
                .then()
                .statusCode(200)
                .extract()
                .path("data.role");
        assertThat(roles).containsExactlyInAnyOrder("host", "host", "guest");
    }

    private int demote(Person actor, Person target) {
        return Streams.patch(actor, Streams.participant(stream, target), "*", GUEST)
                .statusCode();
    }

    /** All of these lock the stream first; in another order, some would wait for each other. */
    @Test
    void changesAtTheMomentOfADeletionAreMadeOrFindNothing() {
        for (int round = 0; round < 5; round++) {
            String id = Streams.create(owner);
            Streams.place(id, guest, "guest", "waiting");

            List<Integer> statuses = Together.run(8, i -> switch (i) {
                case 0, 1 -> Streams.delete(owner, Streams.stream(id), "*").statusCode();
                case 2 -> Streams.move(guest, id, guest, "left").statusCode();
                case 3 ->
                    owner.request()
                            .body(GUEST)
                            .put(Streams.participant(id, other))
                            .statusCode();
                case 4 -> owner.request().post(Streams.stream(id) + "/start").statusCode();
                case 5 ->
                    Streams.patch(owner, Streams.stream(id), "*", Map.of("title", "x"))
                            .statusCode();
                case 6 -> owner.request().get(Streams.backstage(id)).statusCode();
                default ->
                    Streams.delete(owner, Streams.participant(id, guest), "*").statusCode();
            });

            assertThat(statuses.subList(0, 2)).containsExactlyInAnyOrder(204, 404);
            assertThat(statuses).isSubsetOf(200, 201, 204, 404);
            assertThat(owner.request().get(Streams.stream(id)).statusCode()).isEqualTo(404);
        }
    }
}
