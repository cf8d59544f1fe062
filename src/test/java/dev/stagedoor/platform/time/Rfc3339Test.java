package dev.stagedoor.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T20:00:00Z",
                "2026-11-21T20:00:00.1Z",
                "2026-11-21T20:00:00.123456789Z",
                "2026-11-21T20:00:00+05:30",
                "2026-11-21T20:00:00.25-08:00",
                "2024-02-29T23:59:59Z"
            })
    void timesAreReadAsJavaReadsThem(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(OffsetDateTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-21",
                "2026-11-21T20:00Z",
                "2026-11-21T20:00:00",
                "2026-11-21T20:00:00.Z",
                "2026-11-21T20:00:00.1234567890Z",
                "2026-11-21T20:00:00ZZ",
                "2026-11-21T20:00:00Zgarbage",
                "2026-11-21T20:00:00Z+05:00",
                "2026-11-21T20:00:00+05x00",
                "2026-11-21T20:00:00+0500",
                "2026-11-21T20:00:00+05:00Z",
                "2026-11-21T20:00:00.5+05:00x",
                "2026-11-21T20:00:00+25:00",
                "2026-02-30T20:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T20:00:60Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
