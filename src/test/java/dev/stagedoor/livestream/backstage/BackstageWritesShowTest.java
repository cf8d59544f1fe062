package dev.stagedoor.livestream.backstage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Together;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of write, and each view that is cached: what the write answers is what the view then shows. */
@StagedoorTest
class BackstageWritesShowTest {

    private static final int WRITES = 200;
    private static final int READERS = 4;

    private static Person owner;
    private static Person guest;

    private String stream;
    private String list;

    @BeforeEach
    void createAStreamWithAGuest() {
        owner = Api.signUp();
        if (guest == null) {
            guest = Api.signUp();
        }
        list = Streams.STREAMS + "?owner=" + owner.id();
        warm(owner, list, 200);
        stream = Streams.create(owner);
        Streams.invite(owner, stream, guest, "guest");
        Streams.move(guest, stream, guest, "waiting").then().statusCode(200);
    }

    /** Reads it until it is cached, if it can be. */
    private static void warm(Person reader, String path, int status) {
        assertThat(reader.request().get(path).statusCode()).isEqualTo(status);
        Response again = reader.request().get(path);
        assertThat(again.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(again.header("Cache-Status")).startsWith("stagedoor; hit");
        }
    }

    private static Object shown(Person reader, String path, String where) {
        return reader.request().get(path).then().statusCode(200).extract().path(where);
    }

    private static Map<String, Object> answered(Response write) {
        assertThat(write.statusCode()).isIn(200, 201);
        return write.jsonPath().getMap("");
    }

    /** By its path, where a view shows the stream. */
    private Map<String, String> viewsOfTheStream() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(Streams.stream(stream), "");
        views.put(list, "data[0]");
        views.put(Streams.backstage(stream), "stream");
        views.put(Streams.backstage(stream) + "?fields=stream", "stream");
        return views;
    }

    enum StreamWrite {
        UPDATE,
        START,
        START_AGAIN,
        END
    }

    @ParameterizedTest
    @EnumSource
    void whatAWriteOfAStreamAnswersEveryViewShows(StreamWrite write) {
        if (write == StreamWrite.START_AGAIN || write == StreamWrite.END) {
            Streams.start(owner, stream);
        }
        for (Person reader : List.of(owner, guest)) {
            viewsOfTheStream().keySet().forEach(path -> warm(reader, path, 200));
            warm(reader, list + "&live=true", 200);
        }

        Map<String, Object> answered = answered(send(write));

        for (Person reader : List.of(owner, guest)) {
            viewsOfTheStream()
                    .forEach((path, where) ->
                            assertThat(shown(reader, path, where)).as(path).isEqualTo(answered));
            assertThat(shown(reader, list + "&live=true", "data"))
                    .isEqualTo(Boolean.TRUE.equals(answered.get("live")) ? List.of(answered) : List.of());
        }
    }

    private Response send(StreamWrite write) {
        String path = Streams.stream(stream);
        return switch (write) {
            case UPDATE -> Streams.patch(owner, path, "*", Map.of("title", "new", "tags", List.of("a")));
            case START, START_AGAIN -> owner.request().post(path + "/start");
            case END -> owner.request().post(path + "/end");
        };
    }

    @Test
    void aNewStreamIsInTheListAtOnce() {
        warm(guest, list, 200);

        Map<String, Object> answered =
                answered(owner.request().body(Map.of("title", "another")).post(Streams.STREAMS));

        assertThat(shown(guest, list, "data[0]")).isEqualTo(answered);
        assertThat(shown(guest, list, "data.id")).isEqualTo(List.of(answered.get("id"), stream));
    }

    @Test
    void aDeletedStreamIsInNoViewAtOnce() {
        List<String> paths = List.of(
                Streams.stream(stream),
                Streams.backstage(stream),
                Streams.backstage(stream) + "?fields=me",
                Streams.participants(stream),
                Streams.participant(stream, guest));
        for (Person reader : List.of(owner, guest)) {
            paths.forEach(path -> warm(reader, path, 200));
            warm(reader, list, 200);
        }
        warm(Api.admin(), Streams.participants(stream), 200);

        Streams.delete(owner, Streams.stream(stream), "*").then().statusCode(204);

        for (Person reader : List.of(owner, guest)) {
            paths.forEach(path -> warm(reader, path, 404));
            assertThat(shown(reader, list, "data")).isEqualTo(List.of());
        }
        warm(Api.admin(), Streams.participants(stream), 404);
    }

    enum ParticipantWrite {
        INVITE,
        REPLACE,
        MOVE,
        MUTE,
        LEAVE
    }

    /** By its path, where a view shows who takes part. */
    private Map<String, String> viewsOfWhoTakesPart(Person person) {
        String one = ".find { it.user.id == '" + person.id() + "' }";
        Map<String, String> views = new LinkedHashMap<>();
        views.put(Streams.participants(stream), "data" + one);
        views.put(Streams.backstage(stream), "participants" + one);
        views.put(Streams.backstage(stream) + "?fields=participants", "participants" + one);
        return views;
    }

    @ParameterizedTest
    @EnumSource
    void whatAWriteOfAParticipantAnswersEveryViewShows(ParticipantWrite write) {
        Person target = write == ParticipantWrite.INVITE ? Api.signUp() : guest;
        String path = Streams.participant(stream, target);
        for (Person reader : List.of(owner, guest)) {
            viewsOfWhoTakesPart(target).keySet().forEach(view -> warm(reader, view, 200));
            warm(reader, path, write == ParticipantWrite.INVITE ? 404 : 200);
        }

        Map<String, Object> answered = answered(send(write, path));

        List<Person> readers = write == ParticipantWrite.LEAVE ? List.of(owner) : List.of(owner, guest);
        for (Person reader : readers) {
            viewsOfWhoTakesPart(target)
                    .forEach((view, where) ->
                            assertThat(shown(reader, view, where)).as(view).isEqualTo(answered));
            assertThat(shown(reader, path, "")).isEqualTo(answered);
        }
        if (write == ParticipantWrite.LEAVE) {
            assertShutOut(guest);
        }
    }

    private static Response send(ParticipantWrite write, String path) {
        return switch (write) {
            case INVITE -> owner.request().body(Map.of("role", "guest")).put(path);
            case REPLACE ->
                owner.request()
                        .header("If-Match", "*")
                        .body(Map.of("role", "host", "state", "backstage", "muted", true))
                        .put(path);
            case MOVE -> Streams.patch(owner, path, "*", Map.of("state", "backstage"));
            case MUTE -> Streams.patch(guest, path, "*", Map.of("muted", true));
            case LEAVE -> Streams.patch(guest, path, "*", Map.of("state", "left"));
        };
    }

    private void assertShutOut(Person person) {
        for (String view : viewsOfWhoTakesPart(person).keySet()) {
            warm(person, view, 404);
        }
        warm(person, Streams.participant(stream, person), 404);
        warm(person, Streams.participant(stream, owner), 404);
        warm(person, Streams.backstage(stream) + "?fields=me", 404);
    }

    /** Reads and their loads overlap with writes in every way. */
    @Test
    void noReadIsOlderThanAWriteThatWasAnsweredBefore() {
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean writing = new AtomicBoolean(true);

        List<Integer> results =
                Together.run(READERS + 1, i -> i == 0 ? mute(answered, writing) : staleReads(answered, writing));

        assertThat(results.get(0)).as("the writes").isEqualTo(WRITES);
        assertThat(results.subList(1, results.size())).as("stale reads").containsOnly(0);
    }

    /** Each of these changes counts the version up. */
    private int mute(AtomicInteger answered, AtomicBoolean writing) {
        try {
            for (int i = 0; i < WRITES; i++) {
                Response write =
                        Streams.patch(owner, Streams.participant(stream, guest), "*", Map.of("muted", i % 2 == 0));
                answered.set((Integer) answered(write).get("version"));
            }
            return answered.get() - 1;
        } finally {
            writing.set(false);
        }
    }

    private int staleReads(AtomicInteger answered, AtomicBoolean writing) {
        List<String> paths = new ArrayList<>(viewsOfWhoTakesPart(guest).keySet());
        paths.add(Streams.participant(stream, guest));
        int stale = 0;
        while (writing.get()) {
            for (String path : paths) {
                int before = answered.get();
                stale += guestsVersion(guest.unchecked().get(path)) < before ? 1 : 0;
            }
        }
        return stale;
    }

    /** In the guest itself, or in the one list that has it. */
    private static int guestsVersion(Response read) {
        assertThat(read.statusCode()).isEqualTo(200);
        JsonObject view = new JsonObject(read.asString());
        return Stream.of("data", "participants")
                .map(view::getJsonArray)
                .filter(Objects::nonNull)
                .flatMap(participants -> participants.stream().map(JsonObject.class::cast))
                .filter(participant ->
                        participant.getJsonObject("user").getString("id").equals(guest.id()))
                .findFirst()
                .orElse(view)
                .getInteger("version");
    }

    @Test
    void whoIsRemovedIsInNoViewAtOnceAndSeesNone() {
        for (Person reader : List.of(owner, guest)) {
            viewsOfWhoTakesPart(guest).keySet().forEach(view -> warm(reader, view, 200));
            warm(reader, Streams.participant(stream, guest), 200);
            warm(reader, Streams.participant(stream, owner), 200);
        }

        Streams.delete(owner, Streams.participant(stream, guest), "*").then().statusCode(204);

        viewsOfWhoTakesPart(guest)
                .forEach((view, where) ->
                        assertThat(shown(owner, view, where)).as(view).isNull());
        warm(owner, Streams.participant(stream, guest), 404);
        assertShutOut(guest);
    }
}
