package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "1795276999294-1", "9999999999999999-9999999999999999"})
    void whatIsWrittenIsReadBack(String text) {
        assertThat(Position.parse(text)).map(Position::toString).contains(text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "01-1",
                "1-01",
                "1--1",
                " 1-1",
                "1-1 ",
                "a-1",
                "1-1-1",
                "99999999999999999-1",
                "١-١"
            })
    void anythingElseIsNoPosition(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }

    @Test
    void theStartIsBeforeTheFirstEventOfAnyTopic() {
        assertThat(Position.START).isEqualTo(new Position(0, 0));
    }
}
