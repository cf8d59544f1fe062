package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.platform.http.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    /** Takes two. */
    private record Settings(Duration replayWindow, int replayEvents, Duration redisTimeout, Duration drainWindow)
            implements RealtimeConfig {

        private Settings() {
            this(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);
        }

        @Override
        public int maxConnections() {
            return 2;
        }
    }

    @Test
    void moreThanTheProcessTakesAreRefusedUntilOneEnds() {
        Connections connections = new Connections(new Settings(), null);
        Connections.Registration first = connections.register(() -> {});
        assertThatCode(connections::requireRoom).doesNotThrowAnyException();
        Connections.Registration last = connections.register(Thread::yield);

        assertThatThrownBy(connections::requireRoom)
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("as many");

        last.end();
        assertThatCode(connections::requireRoom).doesNotThrowAnyException();
        first.end();
    }
}
