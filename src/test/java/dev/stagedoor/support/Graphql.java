package dev.stagedoor.support;

import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** What tests of GraphQL do again and again. */
public final class Graphql {

    public static final String PATH = "/graphql";

    private Graphql() {}

    public static Response post(RequestSpecification caller, String query) {
        return post(caller, Map.of("query", query));
    }

    public static Response post(RequestSpecification caller, Map<String, ?> body) {
        return caller.body(body).post(PATH);
    }

    /** The data of an answer without errors. */
    public static JsonPath data(Person person, String query, Map<String, ?> variables) {
        return data(post(person.request(), Map.of("query", query, "variables", variables)));
    }

    public static JsonPath data(Response answer) {
        JsonPath json = answer.then().statusCode(200).extract().jsonPath();
        if (json.get("errors") != null) {
            throw new AssertionError(answer.asString());
        }
        return json.setRootPath("data");
    }

    /** Fails where the answer has errors. */
    public static void succeed(Response answer) {
        answer.then().statusCode(200).body("errors", nullValue());
    }

    /** The code of an answer's first error. */
    public static String code(Response answer) {
        return answer.jsonPath().getString("errors[0].extensions.code");
    }
}
