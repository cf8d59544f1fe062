package dev.stagedoor.creator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.creator.CreatorCaches.Taken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenTimeTest {

    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final Instant END = START.plusSeconds(3_600);
    private static final Instant HELD_UNTIL = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void whatIsHeldIsFreeFromTheMomentAtWhichItWasToBeConfirmed() {
        Taken taken = new Taken(List.of(new TakenTime(START, END, HELD_UNTIL)));

        assertThat(taken.slots(HELD_UNTIL.minusNanos(1))).containsExactly(new Slot(START, END));
        assertThat(taken.slots(HELD_UNTIL)).isEmpty();
    }

    @Test
    void whatIsConfirmedIsTaken() {
        Taken taken = new Taken(List.of(new TakenTime(START, END, null)));

        assertThat(taken.slots(END)).containsExactly(new Slot(START, END));
    }
}
