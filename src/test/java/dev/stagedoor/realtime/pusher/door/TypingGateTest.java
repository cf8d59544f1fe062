package dev.stagedoor.realtime.pusher.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.Signal;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@StagedoorTest
class TypingGateTest {

    private static final String SOCKET = "1.1";

    @Inject
    TypingGate gate;

    private final String topic = "presence-" + Api.uniqueName();

    private boolean tells(String userId, String socketId, double seconds) {
        return gate.tells(
                topic,
                userId,
                socketId,
                Math.round(seconds * Duration.ofSeconds(1).toNanos()));
    }

    @Test
    void typingIsToldOnceInThreeSecondsWhateverConnectionItComesFrom() {
        assertThat(tells("ada", SOCKET, 0)).isTrue();
        assertThat(tells("ada", SOCKET, 1)).isFalse();
        assertThat(tells("ada", "2.2", 2.9)).isFalse();
        assertThat(tells("ada", SOCKET, 3)).isTrue();
        assertThat(tells("ada", SOCKET, 5.9)).isFalse();
    }

    @Test
    void usersAndTopicsDoNotDisturbEachOther() {
        assertThat(tells("ada", SOCKET, 0)).isTrue();
        assertThat(tells("bob", "2.2", 0)).isTrue();
        assertThat(gate.tells(topic + "-2", "ada", SOCKET, 0)).isTrue();
    }

    @Test
    void ofWhomNobodyKnowsTheUserTheSocketCounts() {
        assertThat(tells(null, SOCKET, 0)).isTrue();
        assertThat(tells(null, "2.2", 0)).isTrue();
        assertThat(tells(null, SOCKET, 1)).isFalse();
    }

    @Test
    void whatAnotherNodeTellsCountsToo() {
        gate.heard(new Signal(topic, "client-typing", "{}", "ada", "3.3"), 0);

        assertThat(tells("ada", SOCKET, 2.9)).isFalse();
        assertThat(tells("ada", SOCKET, 3)).isTrue();
        assertThat(tells("bob", "2.2", 0)).isTrue();
    }
}
