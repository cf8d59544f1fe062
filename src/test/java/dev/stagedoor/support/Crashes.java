package dev.stagedoor.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** Kills what others depend on. */
public final class Crashes {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Crashes() {}

    /** PostgreSQL then takes all of its memory for damaged, ends all other processes, and recovers from its log. */
    public static void killPostgresProcess() {
        List<String> pids = Database.query("""
                SELECT pid FROM pg_stat_activity
                WHERE application_name = 'stagedoor'
                ORDER BY state = 'active' DESC, state_change DESC""");
        assertThat(pids).isNotEmpty();
        assertThat(ProcessHandle.of(Long.parseLong(pids.get(0))).orElseThrow().destroyForcibly())
                .isTrue();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !Database.query("SELECT 1").isEmpty());
    }
}
