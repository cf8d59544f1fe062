package dev.stagedoor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.RedisProcess;
import dev.stagedoor.support.Remote;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisOutageIT {

    @Test
    void readsAndWritesGoOnWhateverRedisDoes() {
        try (RedisProcess redis = new RedisProcess()) {
            Map<String, String> environment = new HashMap<>(Program.environment());
            environment.put("REDIS_URL", redis.url());
            try (Program first = Program.ready(environment);
                    Program second = Program.ready(environment)) {
                Remote here = new Remote("http://127.0.0.1:" + first.port());
                Remote.Person ada = here.signUp();
                Remote.Person elsewhere = new Remote.Person(
                        new Remote("http://127.0.0.1:" + second.port()), ada.id(), ada.username(), ada.token());
                awaitRedis(here, true);

                renameAndRead(ada, elsewhere, "with Redis");
                redis.suspend();
                renameAndRead(ada, elsewhere, "while Redis hangs");
                redis.resume();
                renameAndRead(ada, elsewhere, "after it hung");
                redis.kill();
                renameAndRead(ada, elsewhere, "while there is none");
                awaitRedis(here, false);
                redis.start();
                awaitRedis(here, true);
                renameAndRead(ada, elsewhere, "with a new one");
            }
        }
    }

    private static void renameAndRead(Remote.Person person, Remote.Person elsewhere, String name) {
        Response before = profile(person);
        person.request()
                .header("If-Match", before.header("ETag"))
                .body(Map.of("displayName", name))
                .patch("/api/v1/users/me")
                .then()
                .statusCode(200);

        assertThat(profile(person).<String>path("displayName")).isEqualTo(name);
        await().untilAsserted(() ->
                assertThat(profile(elsewhere).<String>path("displayName")).isEqualTo(name));
    }

    private static Response profile(Remote.Person person) {
        Response answer = person.request().get("/api/v1/users/me");
        answer.then().statusCode(200);
        return answer;
    }

    private static void awaitRedis(Remote remote, boolean isUsable) {
        String token = remote.request()
                .body(Map.of("username", EmbeddedServices.ADMIN_USERNAME, "password", EmbeddedServices.ADMIN_PASSWORD))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .path("accessToken");
        await().until(() -> remote.request()
                .header("Authorization", "Bearer " + token)
                .get("/api/performance/monitor")
                .<Boolean>path("cache.redisUsable")
                .equals(isUsable));
    }
}
