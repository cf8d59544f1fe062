package dev.stagedoor.creator;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Pages;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tests of creators do again and again. */
final class Creators {

    static final String CREATORS = "/api/v1/creators";
    static final String ME = CREATORS + "/me";

    private Creators() {}

    static String creator(Person person) {
        return CREATORS + "/" + person.id();
    }

    static String slots(Person person) {
        return creator(person) + "/slots";
    }

    /** The least that a creator says, and these fields. */
    static Map<String, Object> body(Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of("headline", "Sing with me", "priceTokens", 100));
        body.putAll(more);
        return body;
    }

    /** Someone who is a creator that says so. */
    static Person create(Map<String, ?> more) {
        Person person = Api.signUp();
        person.request().body(body(more)).put(ME).then().statusCode(201);
        return person;
    }

    /** Replaces what a creator says, whatever it was. */
    static Response replace(Person person, Map<String, ?> body) {
        return person.request().header("If-Match", "*").body(body).put(ME);
    }

    /** The ids of a whole list, in pages of {@code limit}. */
    static List<String> walk(String query, int limit) {
        return Pages.ids(Api::request, CREATORS + "?limit=" + limit + query);
    }
}
