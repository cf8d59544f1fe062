package dev.stagedoor.support;

import static org.hamcrest.Matchers.in;

import dev.stagedoor.support.Api.Person;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** What tests of live streams do again and again. */
public final class Streams {

    public static final String STREAMS = "/api/v1/streams";

    private Streams() {}

    public static String stream(String streamId) {
        return STREAMS + "/" + streamId;
    }

    public static String participants(String streamId) {
        return stream(streamId) + "/participants";
    }

    public static String participant(String streamId, Person person) {
        return participants(streamId) + "/" + person.id();
    }

    public static String backstage(String streamId) {
        return "/api/v1/backstage/" + streamId;
    }

    /** The id of a new stream. */
    public static String create(Person owner) {
        return create(owner, Map.of("title", Api.uniqueName()));
    }

    public static String create(Person owner, Map<String, ?> body) {
        return owner.request()
                .body(body)
                .post(STREAMS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static void start(Person host, String streamId) {
        host.request().post(stream(streamId) + "/start").then().statusCode(200);
    }

    public static void end(Person host, String streamId) {
        host.request().post(stream(streamId) + "/end").then().statusCode(200);
    }

    public static String tag(Person person, String path) {
        return person.request().get(path).then().statusCode(200).extract().header("ETag");
    }

    public static Response patch(Person person, String path, String tag, Map<String, ?> body) {
        return person.request().header("If-Match", tag).body(body).patch(path);
    }

    public static Response delete(Person person, String path, String tag) {
        return person.request().header("If-Match", tag).delete(path);
    }

    public static void invite(Person host, String streamId, Person guest, String role) {
        host.request()
                .body(Map.of("role", role))
                .put(participant(streamId, guest))
                .then()
                .statusCode(201);
    }

    /** One step of someone, by whoever acts, whatever the state was. */
    public static Response move(Person actor, String streamId, Person person, String state) {
        return patch(actor, participant(streamId, person), "*", Map.of("state", state));
    }

    /** Someone who takes part, and has accepted. */
    public static Person joined(Person host, String streamId, String role) {
        Person person = Api.signUp();
        invite(host, streamId, person, role);
        move(person, streamId, person, "waiting").then().statusCode(200);
        return person;
    }

    /** Makes someone take part as this, whatever they did before. */
    public static void place(String streamId, Person person, String role, String state) {
        Database.change("""
                INSERT INTO stream_participant (id, stream_id, user_id, role, state)
                VALUES (uuid_v7(now()), '%s', '%s', '%s', '%s')
                ON CONFLICT (stream_id, user_id) DO UPDATE
                SET role = excluded.role, state = excluded.state, muted = false, version = stream_participant.version + 1
                """.formatted(streamId, person.id(), role, state));
        // A change that changes nothing tells the server's caches.
        patch(Api.admin(), participant(streamId, person), "*", Map.of()).then().statusCode(200);
    }

    /** Makes someone take no part, whatever they did before. */
    public static void displace(String streamId, Person person) {
        delete(Api.admin(), participant(streamId, person), "*").then().statusCode(in(List.of(204, 404)));
    }

    /** The ids of a whole list, in pages of {@code limit}. */
    public static List<String> walk(Person reader, String query, int limit) {
        return Pages.ids(reader::request, STREAMS + "?limit=" + limit + query);
    }
}
