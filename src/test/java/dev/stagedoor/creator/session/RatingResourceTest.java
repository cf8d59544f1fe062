package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import dev.stagedoor.support.Tokens;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class RatingResourceTest {

    private Person creator;
    private Person user;

    @BeforeEach
    void signUp() {
        creator = Sessions.alwaysFree();
        user = Tokens.rich(300);
    }

    private static String path(String sessionId) {
        return Sessions.SESSIONS + "/" + sessionId + "/rating";
    }

    private static Response rate(Person person, String sessionId, Map<String, ?> body) {
        return person.request().body(body).put(path(sessionId));
    }

    private String sums() {
        return Database.query(
                        "SELECT rating_count || ' of ' || rating_sum FROM creator WHERE id = '" + creator.id() + "'")
                .get(0);
    }

    @Test
    void aCompletedSessionIsRatedOnceAndEditedByVersion() {
        String id = Sessions.completed(user, creator, Sessions.inDays(3));

        Response first = rate(user, id, Map.of("stars", 5, "text", "Bravo! 👏\nAgain."));
        first.then()
                .statusCode(201)
                .body("stars", equalTo(5))
                .body("text", equalTo("Bravo! 👏\nAgain."))
                .body("userId", equalTo(user.id()))
                .body("version", equalTo(0));
        assertThat(sums()).isEqualTo("1 of 5");

        rate(user, id, Map.of("stars", 1)).then().statusCode(428);
        Response edited = user.request()
                .header("If-Match", first.header("ETag"))
                .body(Map.of("stars", 2))
                .put(path(id));
        edited.then()
                .statusCode(200)
                .body("stars", equalTo(2))
                .body("text", equalTo(""))
                .body("version", equalTo(1));
        user.request()
                .header("If-Match", first.header("ETag"))
                .body(Map.of("stars", 4))
                .put(path(id))
                .then()
                .statusCode(412)
                .body("current.stars", equalTo(2));
        assertThat(sums()).isEqualTo("1 of 2");
        creator.request().get(path(id)).then().statusCode(200).header("ETag", edited.header("ETag"));
    }

    @Test
    void ofRatingsAtTheSameTimeOneIsTaken() {
        String id = Sessions.completed(user, creator, Sessions.inDays(3));

        List<Integer> statuses =
                Together.run(5, i -> rate(user, id, Map.of("stars", i + 1)).statusCode());

        assertThat(statuses).containsOnly(201, 428).containsOnlyOnce(201);
        assertThat(sums()).startsWith("1 of ");
    }

    @Test
    void onlyWhoHasBookedACompletedSessionRatesIt() {
        String id = Sessions.confirmed(user, creator, Sessions.inDays(3));
        rate(user, id, Map.of("stars", 5))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:session-not-completed"));
        String completed = Sessions.completed(user, creator, Sessions.inDays(4));

        rate(creator, completed, Map.of("stars", 5)).then().statusCode(403);
        rate(Api.signUp(), completed, Map.of("stars", 5)).then().statusCode(404);
        user.request().get(path(completed)).then().statusCode(404);
        Api.request().body(Map.of("stars", 5)).put(path(completed)).then().statusCode(401);

        assertThat(sums()).isEqualTo("0 of 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"stars\":0}", "{\"stars\":6}", "{\"stars\":4.5}", "{\"stars\":\"many\"}", "{}"})
    void starsAreOneToFive(String body) {
        String id = Sessions.completed(user, creator, Sessions.inDays(3));
        user.request().body(body).put(path(id)).then().statusCode(400).body("errors.field", hasItem("stars"));
        assertThat(sums()).isEqualTo("0 of 0");
    }

    @Test
    void everyoneSeesTheRatingsOfACreator() {
        String first = Sessions.completed(user, creator, Sessions.inDays(3));
        String second = Sessions.completed(user, creator, Sessions.inDays(4));
        rate(user, first, Map.of("stars", 3)).then().statusCode(201);
        rate(user, second, Map.of("stars", 4)).then().statusCode(201);
        String list = "/api/v1/creators/" + creator.id() + "/ratings?limit=1";

        String next = Api.request()
                .get(list)
                .then()
                .statusCode(200)
                .body("data.sessionId", equalTo(List.of(second)))
                .extract()
                .path("next");
        Api.request().get(list + "&cursor=" + next).then().body("data.stars", equalTo(List.of(3)));
        assertThat(sums()).isEqualTo("2 of 7");
    }
}
