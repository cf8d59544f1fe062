package dev.stagedoor.support;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** A service at an address of its own, unlike that of {@link Api}. */
public record Remote(String url) {

    private static final String PASSWORD = "correct horse battery";

    /** Someone who signed in there. */
    public record Person(Remote remote, String id, String username, String token) {

        public RequestSpecification request() {
            return remote.request().header("Authorization", "Bearer " + token);
        }
    }

    /** A request of nobody in particular. */
    public RequestSpecification request() {
        return RestAssured.given().baseUri(url).contentType(ContentType.JSON);
    }

    public Person signUp() {
        String username = Api.uniqueName();
        Response registered = request()
                .body(Map.of("username", username, "password", PASSWORD, "displayName", username))
                .post("/api/v1/auth/register");
        registered.then().statusCode(201);
        JsonPath tokens = request()
                .body(Map.of("username", username, "password", PASSWORD))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return new Person(this, registered.path("id"), username, tokens.getString("accessToken"));
    }
}
