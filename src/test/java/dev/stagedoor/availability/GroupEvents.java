package dev.stagedoor.availability;

import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Group events, as those who take part in them use them. */
final class GroupEvents {

    private GroupEvents() {}

    static final String EVENTS = "/api/v1/events";

    /** Someone who takes part, without an account. */
    record Guest(String event, String id, String sessionKey) {

        Response answer(String ifMatch, Object body) {
            return Api.request()
                    .header("X-Session-Key", sessionKey)
                    .header("If-Match", ifMatch)
                    .body(body)
                    .put(path(event) + "/participants/" + id);
        }

        /** Without a tag of what it replaces. */
        Response firstAnswer(Object body) {
            return Api.request()
                    .header("X-Session-Key", sessionKey)
                    .body(body)
                    .put(path(event) + "/participants/" + id);
        }

        void answers(List<?> yes, List<?> ifNeeded) {
            answer("*", Map.of("yes", yes, "ifNeeded", ifNeeded)).then().statusCode(200);
        }

        /** The tag of the answer, as it is read. */
        String tag() {
            return Api.request()
                    .header("X-Session-Key", sessionKey)
                    .get(path(event) + "/participants/" + id)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(id))
                    .extract()
                    .header("ETag");
        }

        Response read(String query) {
            return Api.request().header("X-Session-Key", sessionKey).get(path(event) + query);
        }

        JsonPath sees() {
            return read("").then().statusCode(200).extract().jsonPath();
        }
    }

    static String path(String token) {
        return EVENTS + "/" + token;
    }

    /** Two hours of one day in slots of half an hour. */
    static Map<String, Object> event() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("title", "Read-through");
        event.put("timeZone", "Europe/Lisbon");
        event.put("dates", List.of("2026-12-07"));
        event.put("from", "09:00");
        event.put("to", "11:00");
        event.put("slotMinutes", 30);
        return event;
    }

    static Map<String, Object> event(String field, Object value) {
        Map<String, Object> event = event();
        event.put(field, value);
        return event;
    }

    static JsonPath createEvent(Map<String, Object> event) {
        return Api.request()
                .body(event)
                .post(EVENTS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    static String createdToken(Map<String, Object> event) {
        return createEvent(event).getString("token");
    }

    static Response ask(String token, String name) {
        return Api.request().body(Map.of("name", name)).post(path(token) + "/participants");
    }

    static Guest join(String token, String name) {
        JsonPath joined = ask(token, name).then().statusCode(201).extract().jsonPath();
        return new Guest(token, joined.getString("id"), joined.getString("sessionKey"));
    }

    static JsonPath see(String token, String query) {
        return Api.request()
                .get(path(token) + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
