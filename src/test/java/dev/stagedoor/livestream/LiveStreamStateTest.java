package dev.stagedoor.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Together;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@StagedoorTest
class LiveStreamStateTest {

    @Test
    void aStreamIsScheduledThenLiveThenEnded() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        start(ada, id)
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .header("X-Invalidates", equalTo("backstage:" + id + ", stream:" + id + ", streams"))
                .body("live", equalTo(true))
                .body("startedAt", notNullValue())
                .body("endedAt", nullValue())
                .body("version", equalTo(1));
        Response ended = end(ada, id);

        ended.then()
                .statusCode(200)
                .header("X-Invalidates", equalTo("backstage:" + id + ", stream:" + id + ", streams"))
                .body("live", equalTo(false))
                .body("version", equalTo(2));
        assertThat(Instant.parse(ended.path("endedAt"))).isAfterOrEqualTo(Instant.parse(ended.path("startedAt")));
        assertThat(Streams.tag(ada, Streams.stream(id))).isEqualTo(ended.header("ETag"));
    }

    @Test
    void doingSoAgainChangesNothing() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        assertThat(start(ada, id).asString()).isEqualTo(start(ada, id).asString());
        assertThat(end(ada, id).asString()).isEqualTo(end(ada, id).asString());
    }

    @Test
    void whatHasEndedDoesNotStartAndWhatHasNotStartedDoesNotEnd() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        end(ada, id).then().statusCode(409).body("type", equalTo("urn:stagedoor:problem:stream-not-started"));
        Streams.start(ada, id);
        Streams.end(ada, id);
        start(ada, id).then().statusCode(409).body("type", equalTo("urn:stagedoor:problem:stream-ended"));
    }

    @Test
    void startingManyTimesAtOnceIsStartingOnce() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        List<Response> started = Together.run(12, i -> start(ada, id));
        List<Response> ended = Together.run(12, i -> end(ada, id));

        for (List<Response> answers : List.of(started, ended)) {
            assertThat(answers).extracting(Response::statusCode).containsOnly(200);
            assertThat(answers)
                    .extracting(Response::asString)
                    .containsOnly(answers.get(0).asString());
        }
    }

    @Test
    void startsAndEndsAtOnceLeaveALegalState() {
        Person ada = Api.signUp();
        for (int round = 0; round < 5; round++) {
            String id = Streams.create(ada);

            List<Integer> statuses = Together.run(8, i -> (i % 2 == 0 ? start(ada, id) : end(ada, id)).statusCode());

            assertThat(statuses).isSubsetOf(200, 409).contains(200);
            Response read = ada.request().get(Streams.stream(id));
            assertThat(read.<Object>path("startedAt")).isNotNull();
            boolean live = read.path("live");
            assertThat(live).isEqualTo(read.path("endedAt") == null);
        }
    }

    @Test
    void everyHostWhoAcceptedStartsAndEnds() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);
        Person host = Streams.joined(ada, id, "host");
        Person moderator = Streams.joined(ada, id, "moderator");
        Person guest = Streams.joined(ada, id, "guest");
        Person invited = Api.signUp();
        Streams.invite(ada, id, invited, "host");

        for (Person other : List.of(moderator, guest, invited)) {
            start(other, id).then().statusCode(403);
        }
        start(host, id).then().statusCode(200);
        for (Person other : List.of(moderator, guest, invited)) {
            end(other, id).then().statusCode(403);
        }
        end(host, id).then().statusCode(200);
    }

    private static Response start(Person person, String id) {
        return person.request().post(Streams.stream(id) + "/start");
    }

    private static Response end(Person person, String id) {
        return person.request().post(Streams.stream(id) + "/end");
    }
}
