package dev.stagedoor.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class UserResourceTest {

    private static final String ME = "/api/v1/users/me";
    private static final String USERS = "/api/v1/users";

    @Test
    void aUserSeesTheirOwnProfile() {
        Api.Person ada = Api.signUp();

        ada.request()
                .get("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(ada.id()))
                .body("username", equalTo(ada.username()));
    }

    @Test
    void nobodySeesAnyProfile() {
        for (String path : List.of(ME, USERS, USERS + "/0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c", "/api/users")) {
            Api.request().get(path).then().statusCode(401).header("WWW-Authenticate", equalTo("Bearer"));
        }
    }

    @Test
    void anotherUserSeesTheSameProfile() {
        Api.Person ada = Api.signUp();
        Map<String, Object> own = ada.request().get(ME).jsonPath().getMap("");

        Api.signUp()
                .request()
                .get(USERS + "/" + ada.id())
                .then()
                .statusCode(200)
                .body("", equalTo(own));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c", "1", "x", "%00", "%F0%9F%98%80", "me%2F", "' OR 1=1"})
    void whoDoesNotExistIsNotFound(String id) {
        Api.signUp()
                .request()
                .get(USERS + "/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stagedoor:problem:not-found"));
    }

    @Test
    void whoHasTheProfileAlreadyGetsNoBody() {
        Api.Person ada = Api.signUp();
        String tag = ada.request()
                .get(ME)
                .then()
                .header("ETag", notNullValue())
                .extract()
                .header("ETag");

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Response answer = ada.request().header("If-None-Match", known).get(ME);
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.asByteArray()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(tag);
        }
        ada.request().header("If-None-Match", "\"other\"").get(ME).then().statusCode(200);
    }

    @Test
    void aProfileIsPrivateToItsReader() {
        Response answer = Api.signUp().request().get(ME);

        assertThat(answer.header("Cache-Control")).contains("private");
        assertThat(answer.headers().getValues("Vary").toString()).contains("Authorization", "X-API-Key");
    }

    @Test
    void whoHasSeenTheProfileMayChangeIt() {
        Api.Person ada = Api.signUp();
        String tag = tagOf(ada);

        String changed = rename(ada, tag, "Ada, Countess of Lovelace")
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)))
                .body("displayName", equalTo("Ada, Countess of Lovelace"))
                .extract()
                .header("ETag");

        assertThat(tagOf(ada)).isEqualTo(changed);
        ada.request().header("If-None-Match", tag).get(ME).then().statusCode(200);
    }

    @Test
    void aChangeThatChangesNothingIsFine() {
        Api.Person ada = Api.signUp();
        String tag = tagOf(ada);

        rename(ada, tag, "Test " + ada.username()).then().statusCode(200).header("ETag", equalTo(tag));
        rename(ada, "*", "Ada").then().statusCode(200);
    }

    @Test
    void aChangeByWhoHasNotLookedIsRefused() {
        Api.signUp()
                .request()
                .body(Map.of("displayName", "Ada"))
                .patch(ME)
                .then()
                .statusCode(428)
                .body("type", equalTo("urn:stagedoor:problem:precondition-required"));
    }

    @Test
    void aChangeOfAnOldStateIsRefusedWithTheTagOfTheNewOne() {
        Api.Person ada = Api.signUp();
        String old = tagOf(ada);
        String current =
                rename(ada, old, "Ada").then().statusCode(200).extract().header("ETag");

        for (String stale : List.of(old, "W/" + current, "current")) {
            rename(ada, stale, "Augusta")
                    .then()
                    .statusCode(412)
                    .header("ETag", equalTo(current))
                    .body("type", equalTo("urn:stagedoor:problem:precondition-failed"))
                    .body("current.displayName", equalTo("Ada"));
        }
        ada.request().get(ME).then().body("displayName", equalTo("Ada"));
    }

    @Test
    void ofChangesAtOnceFromOneStateExactlyOneIsMade() {
        for (int round = 0; round < 10; round++) {
            Api.Person ada = Api.signUp();
            String tag = tagOf(ada);

            List<Response> answers = Concurrently.times(4, () -> rename(ada, tag, Api.uniqueName()));

            assertThat(answers).extracting(Response::statusCode).containsOnly(200, 412);
            List<Response> made = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .toList();
            assertThat(made).hasSize(1);
            assertThat(tagOf(ada)).isEqualTo(made.get(0).header("ETag"));
            assertThat(answers).extracting(answer -> answer.header("ETag")).containsOnly(tagOf(ada));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"displayName\": null}",
                "{\"displayName\": \"\"}",
                "{\"displayName\": \"   \"}",
                "{\"displayName\": \"a\\u0000b\"}",
                "{\"displayName\": \"\\ud800\"}",
                "{\"displayName\": {}}"
            })
    void aNameThatIsNoneIsRefused(String body) {
        Api.Person ada = Api.signUp();

        ada.request()
                .header("If-Match", tagOf(ada))
                .body(body)
                .patch(ME)
                .then()
                .statusCode(400)
                .body("errors.field", everyItem(equalTo("displayName")));
    }

    @Test
    void nobodyMakesThemselvesAnAdmin() {
        Api.Person ada = Api.signUp();

        ada.request()
                .header("If-Match", tagOf(ada))
                .body(Map.of("displayName", "Ada", "role", "admin"))
                .patch(ME)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("role")));
    }

    @Test
    void theListIsForAdmins() {
        for (String path : List.of(USERS, "/api/users")) {
            Api.signUp()
                    .request()
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("urn:stagedoor:problem:forbidden"));
        }
    }

    @Test
    void theListHasTwoAddresses() {
        String newest = Api.signUp().id();
        Response list = Api.admin().request().queryParam("limit", 3).get(USERS);
        Response alias = Api.admin().request().queryParam("limit", 3).get("/api/users");

        list.then().statusCode(200).body("data.id[0]", equalTo(newest)).body("data", hasSize(3));
        assertThat(alias.asString()).isEqualTo(list.asString());
        assertThat(alias.header("ETag")).isEqualTo(list.header("ETag"));
    }

    @Test
    void theCursorLeadsToEveryUserOnce() {
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            mine.add(0, Api.signUp().id());
        }

        List<String> walked = new ArrayList<>();
        String cursor = null;
        do {
            // Small steps over our own, which are the newest; large ones over all that other tests have made.
            JsonPath page = page(walked.size() < mine.size() ? 2 : 100, cursor);
            walked.addAll(page.getList("data.id"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(walked).startsWith(mine.toArray(String[]::new)).doesNotHaveDuplicates();
        assertThat(walked).contains(Api.admin().id());
    }

    @Test
    void aCursorStaysGoodWhileUsersAreAdded() {
        Api.Person older = Api.signUp();
        Api.Person newer = Api.signUp();
        JsonPath first = page(1, null);
        assertThat(first.<String>getList("data.id")).containsExactly(newer.id());
        Api.Person added = Api.signUp();

        assertThat(page(1, first.getString("next")).<String>getList("data.id"))
                .containsExactly(older.id())
                .doesNotContain(added.id());
    }

    @Test
    void aForgedCursorIsRefused() {
        Api.Person newest = Api.signUp();
        JsonPath page = page(1, null);
        assertThat(page.<String>getList("data.id")).containsExactly(newest.id());
        String genuine = page.getString("next");
        String changed = (genuine.charAt(0) == 'A' ? 'B' : 'A') + genuine.substring(1);

        for (String forged : List.of(changed, genuine + "AAAA", genuine.substring(4), "x", "\u0000", "0199b2d4")) {
            assertRefused(Api.admin().request().queryParam("cursor", forged), "cursor");
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        Api.Person admin = Api.admin();
        for (int i = 0; i < 2; i++) {
            admin.request()
                    .body(Map.of("name", Api.uniqueName(), "visibility", "private"))
                    .post("/api/v1/channels")
                    .then()
                    .statusCode(201);
        }
        String foreign = admin.request()
                .queryParam("limit", 1)
                .get("/api/v1/channels")
                .then()
                .statusCode(200)
                .body("next", notNullValue())
                .extract()
                .path("next");

        assertRefused(admin.request().queryParam("cursor", foreign), "cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "abc", "1.5", "99999999999", " 1", "0x10"})
    void aLimitOutOfBoundsIsRefused(String limit) {
        assertRefused(Api.admin().request().queryParam("limit", limit), "limit");
    }

    private static void assertRefused(RequestSpecification request, String parameter) {
        request.get(USERS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", equalTo(List.of(parameter)));
    }

    private static JsonPath page(int limit, String cursor) {
        RequestSpecification request = Api.admin().request().queryParam("limit", limit);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get(USERS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String tagOf(Api.Person person) {
        return person.request().get(ME).then().statusCode(200).extract().header("ETag");
    }

    private static Response rename(Api.Person person, String ifMatch, String displayName) {
        return person.request()
                .header("If-Match", ifMatch)
                .body(Map.of("displayName", displayName))
                .patch(ME);
    }
}
