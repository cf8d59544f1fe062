package dev.stagedoor.chat.search;

import dev.stagedoor.support.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** What tests of the search do again and again. */
final class Searches {

    static final String SEARCH = "/api/v1/search/messages";

    private Searches() {}

    static Response get(Person reader, String query, Map<String, ?> more) {
        return reader.request().queryParam("q", query).queryParams(more).get(SEARCH);
    }

    static JsonPath page(Person reader, String query, Map<String, ?> more) {
        return get(reader, query, more).then().statusCode(200).extract().jsonPath();
    }

    /** The texts of what is found, newest first. */
    static List<String> find(Person reader, String query) {
        return page(reader, query, Map.of()).getList("data.message.text");
    }
}
