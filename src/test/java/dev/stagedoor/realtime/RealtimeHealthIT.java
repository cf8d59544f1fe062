package dev.stagedoor.realtime;

import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Program;
import dev.stagedoor.support.RedisProcess;
import dev.stagedoor.support.Remote;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealtimeHealthIT {

    private static final String WAY = "checks.find { it.name == 'realtime' }.data.'nodes hear each other over'";

    @Test
    void healthDataSayThatEventsGoOverPostgresqlWhileRedisIsAway() {
        try (RedisProcess redis = new RedisProcess()) {
            Map<String, String> environment = new HashMap<>(Program.environment());
            environment.put("REDIS_URL", redis.url());
            try (Program program = Program.ready(environment)) {
                Remote remote = new Remote("http://127.0.0.1:" + program.port());
                awaitWay(remote, "redis");
                redis.kill();
                awaitWay(remote, "postgresql");
                redis.start();
                awaitWay(remote, "redis");
            }
        }
    }

    private static void awaitWay(Remote remote, String way) {
        await().until(() -> {
            Response health = remote.request().get("/q/health/ready");
            return health.statusCode() == 200 && way.equals(health.<String>path(WAY));
        });
    }
}
