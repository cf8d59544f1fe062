package dev.stagedoor.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@StagedoorTest
class MonitorResourceTest {

    private static final String MONITOR = "/api/performance/monitor";

    private static JsonPath monitor(String query) {
        return Api.admin()
                .request()
                .get(MONITOR + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static double users(JsonPath monitor, String figure) {
        return monitor.<Number>get("cache.caches.find { it.name == 'users' }." + figure)
                .doubleValue();
    }

    private static ValidatableResponse readOwnProfile(Api.Person person) {
        return person.request().get("/api/v1/users/me").then().statusCode(200);
    }

    @Test
    void everyNamedCacheIsThereFromTheStart() {
        assertThat(monitor("").<String>getList("cache.caches.name"))
                .contains("users", "channels", "members", "messages");
        assertThat(monitor("").getBoolean("cache.redisUsable")).isTrue();
    }

    @Test
    void readsAndWritesAreCounted() {
        // Who signs up here reads their profile once.
        Api.Person ada = Api.signUp();
        JsonPath before = monitor("");
        for (int i = 0; i < 3; i++) {
            readOwnProfile(ada).header("Cache-Control", containsString("private"));
        }
        ada.request()
                .header("If-Match", readOwnProfile(ada).extract().header("ETag"))
                .body(Map.of("displayName", "Countess"))
                .patch("/api/v1/users/me")
                .then()
                .statusCode(200);
        readOwnProfile(ada).body("displayName", equalTo("Countess"));
        JsonPath after = monitor("");

        assertThat(users(after, "memoryHits") - users(before, "memoryHits")).isEqualTo(4);
        assertThat(users(after, "misses") - users(before, "misses")).isEqualTo(1);
        assertThat(users(after, "loads") - users(before, "loads")).isEqualTo(1);
        assertThat(users(after, "invalidated") - users(before, "invalidated")).isEqualTo(1);
        assertThat(users(after, "hitRate")).isBetween(0.0, 1.0);
        assertThat(users(after, "averageLoadMillis")).isPositive();
        assertThat(users(after, "bytes")).isPositive();
        assertThat(users(after, "ttlMillis")).isEqualTo(600_000);
        assertThat(after.getLong("cache.invalidations")).isGreaterThan(before.getLong("cache.invalidations"));
    }

    @Test
    void oneKeyIsInspected() {
        Api.Person ada = Api.signUp();
        assertThat(monitor("?key=users:nobody").<Object>get("entry")).isNull();
        for (int i = 0; i < 3; i++) {
            readOwnProfile(ada).body("id", equalTo(ada.id()));
        }

        JsonPath monitor = monitor("?key=users:" + ada.id());
        assertThat(monitor.getString("entry.cache")).isEqualTo("users");
        assertThat(monitor.getInt("entry.hits")).isEqualTo(3);
        assertThat(monitor.<String>getList("entry.tags")).containsExactly("user:" + ada.id());
        assertThat(monitor.getLong("entry.ageMillis")).isBetween(0L, monitor.getLong("entry.ttlMillis"));
        assertThat(monitor.getBoolean("entry.invalidated")).isFalse();
    }

    @Test
    void onlyAdminsAndMonitoringKeysSeeIt() {
        Api.request().get(MONITOR).then().statusCode(401);
        Api.signUp().request().get(MONITOR).then().statusCode(403);
        String key = Api.admin()
                .request()
                .body(Map.of("name", Api.uniqueName(), "scopes", List.of("monitoring:read")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        Api.request().header("X-API-Key", key).get(MONITOR).then().statusCode(200);
        Api.request().header("X-API-Key", key).get("/api/v1/users").then().statusCode(403);
    }

    @Test
    void theMetricsAreThereForPrometheus() {
        readOwnProfile(Api.signUp()).header("Cache-Status", containsString("stagedoor"));

        await().untilAsserted(() -> assertThat(metrics()).contains("cache_redis_usable 1.0"));
        assertThat(metrics())
                .contains(
                        "cache_hits_total{cache=\"users\",level=\"memory\"}",
                        "cache_hits_total{cache=\"users\",level=\"redis\"}",
                        "cache_misses_total{cache=\"users\"}",
                        "cache_load_duration_seconds_count{cache=\"users\"}",
                        "cache_load_duration_seconds_sum{cache=\"users\"}",
                        "cache_load_failures_total{cache=\"users\"}",
                        "cache_stale_reads_total{cache=\"users\"}",
                        "cache_early_refreshes_total{cache=\"users\"}",
                        "cache_evictions_total{cache=\"users\"}",
                        "cache_invalidated_total{cache=\"users\"}",
                        "cache_size_bytes{cache=\"users\"}",
                        "cache_invalidations_total");
    }

    private static String metrics() {
        return Api.undocumented().get("/q/metrics").asString();
    }
}
