package dev.stagedoor.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.StagedoorTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ConnectionMeterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Test
    void connectionsAreCountedWhileTheyAreInUse() {
        List<SqlConnection> held = Stream.generate(
                        () -> pool.getConnection().await().atMost(PATIENCE))
                .limit(3)
                .toList();
        assertThat(Metrics.sum("database_connections_active")).isGreaterThanOrEqualTo(3);

        held.forEach(connection -> connection.close().await().atMost(PATIENCE));
        for (String gauge : List.of("database_connections_active", "database_connections_pending")) {
            await().until(() -> Metrics.sum(gauge) == 0);
        }
    }
}
