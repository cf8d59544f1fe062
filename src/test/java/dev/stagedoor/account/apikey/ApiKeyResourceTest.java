package dev.stagedoor.account.apikey;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class ApiKeyResourceTest {

    private static final String KEYS = "/api/v1/api-keys";

    @Test
    void aKeyIsShownOnceAndNeverListed() {
        Api.Person ada = Api.signUp();
        Response created = create(ada, "chat:write", "chat:read");

        created.then()
                .statusCode(201)
                .header("Location", matchesPattern(".*" + KEYS + "/" + created.path("id")))
                .body("name", equalTo("bot"))
                .body("scopes", equalTo(List.of("chat:read", "chat:write")))
                .body("key", matchesPattern("sdk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}"))
                .body("$", not(hasKey("expiresAt")));
        ada.request()
                .get(KEYS)
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(created.<String>path("id"))))
                .body("data", everyItem(not(hasKey("key"))))
                .body("data", everyItem(not(hasKey("secretHash"))))
                .body("next", nullValue());
    }

    @Test
    void theNewestKeyIsListedFirstAndOnlyToItsOwner() {
        Api.Person ada = Api.signUp();
        String older = create(ada, "chat:read").path("id");
        String newer = create(ada, "chat:read").path("id");

        ada.request().get(KEYS).then().body("data.id", equalTo(List.of(newer, older)));
        Api.signUp().request().get(KEYS).then().body("data", equalTo(List.of()));
    }

    @Test
    void aKeyActsForItsOwner() {
        Api.Person ada = Api.signUp();
        String key = create(ada, "profile:read").path("key");

        by(key).get("/api/v1/users/me").then().statusCode(200).body("id", equalTo(ada.id()));
    }

    @Test
    void aKeyMayDoWhatItsScopesSayAndNoMore() {
        Api.Person ada = Api.signUp();
        String reader = create(ada, "chat:read").path("key");
        String writer = create(ada, "chat:write").path("key");

        by(reader).get("/api/v1/channels").then().statusCode(200);
        assertForbidden(by(reader).body(channel()).post("/api/v1/channels"));
        assertForbidden(by(reader).get("/api/v1/users/me"));
        by(writer).body(channel()).post("/api/v1/channels").then().statusCode(201);
        assertForbidden(by(writer).get("/api/v1/channels"));
        assertForbidden(by(writer).get("/api/v1/users"));
    }

    @Test
    void noKeyManagesKeys() {
        Api.Person admin = Api.admin();
        Response created = create(
                admin, "profile:read", "profile:write", "chat:read", "chat:write", "users:read", "archives:write");
        String key = created.path("key");

        assertForbidden(by(key).get(KEYS));
        assertForbidden(by(key).body(request("chat:read")).post(KEYS));
        assertForbidden(by(key).delete(KEYS + "/" + created.path("id")));
        admin.request().delete(KEYS + "/" + created.path("id")).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys:write", "users:read", "archives:write", "chat:*", "*", "admin", "", "CHAT:READ"})
    void aScopeThatAUserCannotGiveIsRefused(String scope) {
        create(Api.signUp(), "chat:read", scope)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("scopes")));
    }

    @Test
    void theScopesOfAdminsAreForKeysOfAdmins() {
        String key = create(Api.admin(), "users:read")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        by(key).get("/api/v1/users").then().statusCode(200);
        create(Api.admin(), "keys:write").then().statusCode(400).body("errors.field", hasItem("scopes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"bot\", \"scopes\": []}",
                "{\"name\": \"bot\", \"scopes\": null}",
                "{\"name\": \"bot\", \"scopes\": [null]}",
                "{\"name\": \"bot\", \"scopes\": \"chat:read\"}",
                "{\"name\": \"bot\", \"scopes\": [[\"chat:read\"]]}"
            })
    void aKeyNeedsScopes(String body) {
        Api.signUp()
                .request()
                .body(body)
                .post(KEYS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(startsWith("scopes")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2020-01-01T00:00:00Z\"",
                "\"tomorrow\"",
                "\"2030-02-30T00:00:00Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "[]"
            })
    void aKeyExpiresInTheFutureOrNever(String expiresAt) {
        Api.signUp()
                .request()
                .body("{\"name\": \"bot\", \"scopes\": [\"chat:read\"], \"expiresAt\": " + expiresAt + "}")
                .post(KEYS)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("expiresAt")));
    }

    @Test
    void theTimesAreThoseThatAreStored() {
        Api.Person ada = Api.signUp();
        Response created = expiring(ada, Instant.parse("2100-01-01T00:00:00.123456789Z"));

        created.then().statusCode(201).body("expiresAt", equalTo("2100-01-01T00:00:00.123456Z"));
        ada.request()
                .get(KEYS)
                .then()
                .body("data[0].createdAt", equalTo(created.path("createdAt")))
                .body("data[0].expiresAt", equalTo(created.path("expiresAt")));
    }

    @Test
    void aKeyIsRefusedOnceItHasExpired() {
        Api.Person ada = Api.signUp();
        Instant soon = Instant.now().plusSeconds(2);
        String expiring = expiring(ada, soon).then().statusCode(201).extract().path("key");
        String lasting = expiring(ada, soon.plus(Duration.ofDays(365)))
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> by(expiring).get("/api/v1/channels").statusCode() == 401);

        assertRefused(by(expiring));
        by(lasting).get("/api/v1/channels").then().statusCode(200);
    }

    @Test
    void aDeletedKeyIsRefusedAtOnce() {
        Api.Person ada = Api.signUp();
        Response created = create(ada, "chat:read");
        String key = created.path("key");
        by(key).get("/api/v1/channels").then().statusCode(200);

        ada.request().delete(KEYS + "/" + created.path("id")).then().statusCode(204);

        assertRefused(by(key));
        ada.request().delete(KEYS + "/" + created.path("id")).then().statusCode(404);
    }

    @Test
    void onlyTheOwnerDeletesAKey() {
        Response created = create(Api.signUp(), "chat:read");

        for (Api.Person other : List.of(Api.signUp(), Api.admin())) {
            other.request()
                    .delete(KEYS + "/" + created.path("id"))
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("urn:stagedoor:problem:not-found"));
        }
        by(created.path("key")).get("/api/v1/channels").then().statusCode(200);
        Api.signUp().request().delete(KEYS + "/not-an-id").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sdk",
                "sdk__",
                "Bearer x",
                "sdk_0199b2d47c7e7a529d0a0f6f6d1a2b3c_",
                "sdk_0199b2d47c7e7a529d0a0f6f6d1a2b3c_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sdk_0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sdk_' OR 1=1; --________________________AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoKeyIsRefused(String key) {
        assertRefused(by(key));
    }

    @Test
    void theIdAloneOpensNothing() {
        Api.Person ada = Api.signUp();
        String key = create(ada, "chat:read").path("key");
        String other = create(ada, "chat:read").path("key");

        assertRefused(by(key.substring(0, 37) + other.substring(37)));
        assertRefused(by(key.substring(0, 37) + "A".repeat(43)));
        assertRefused(by(key.substring(0, key.length() - 1)));
        assertRefused(by(key + "A"));
        assertRefused(by(key + " " + key));
    }

    @Test
    void aWrongKeyIsNotMadeGoodByAToken() {
        assertRefused(Api.signUp().request().header("X-API-Key", "sdk_wrong"));
    }

    @Test
    void aRepeatedRequestGetsTheSameKeyWithoutItsSecret() {
        Api.Person ada = Api.signUp();
        String idempotencyKey = Api.uniqueName();
        Response first = ada.request()
                .header("Idempotency-Key", idempotencyKey)
                .body(request("chat:read"))
                .post(KEYS);

        ada.request()
                .header("Idempotency-Key", idempotencyKey)
                .body(request("chat:read"))
                .post(KEYS)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(first.path("id")))
                .body("$", not(hasKey("key")))
                .body("scopes", equalTo(List.of("chat:read")));
        by(first.path("key")).get("/api/v1/channels").then().statusCode(200);
        ada.request().get(KEYS).then().body("data.id", equalTo(List.of(first.<String>path("id"))));
    }

    @Test
    void idempotencyKeysOfTwoPeopleDoNotMeet() {
        String idempotencyKey = Api.uniqueName();

        for (Api.Person person : List.of(Api.signUp(), Api.signUp())) {
            person.request()
                    .header("Idempotency-Key", idempotencyKey)
                    .body(request("chat:read"))
                    .post(KEYS)
                    .then()
                    .statusCode(201)
                    .body("key", startsWith("sdk_"));
        }
    }

    private static Map<String, Object> request(String... scopes) {
        return Map.of("name", "bot", "scopes", List.of(scopes));
    }

    private static Map<String, String> channel() {
        return Map.of("name", Api.uniqueName(), "visibility", "private");
    }

    private static Response create(Api.Person owner, String... scopes) {
        return owner.request().body(request(scopes)).post(KEYS);
    }

    private static Response expiring(Api.Person owner, Instant expiresAt) {
        return owner.request()
                .body(Map.of("name", "bot", "scopes", List.of("chat:read"), "expiresAt", expiresAt.toString()))
                .post(KEYS);
    }

    private static RequestSpecification by(String key) {
        return Api.request().header("X-API-Key", key);
    }

    private static void assertForbidden(Response answer) {
        answer.then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stagedoor:problem:forbidden"))
                .body("detail", containsString("credential"));
    }

    private static void assertRefused(RequestSpecification request) {
        request.get("/api/v1/channels")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("retryable", equalTo(false));
    }
}
