package dev.stagedoor.availability;

import static dev.stagedoor.availability.GroupEvents.ask;
import static dev.stagedoor.availability.GroupEvents.createdToken;
import static dev.stagedoor.availability.GroupEvents.event;
import static dev.stagedoor.availability.GroupEvents.join;
import static dev.stagedoor.availability.GroupEvents.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.availability.GroupEvents.Guest;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@StagedoorTest
class EventNewsTest {

    private static long told(String token, String name) {
        return Database.query("SELECT name FROM outbox WHERE topic = 'private-event-" + token + "'").stream()
                .filter(name::equals)
                .count();
    }

    private static boolean hasNews(String token) {
        return !Database.query("SELECT id FROM group_event WHERE has_news AND token = '" + token + "'")
                .isEmpty();
    }

    @Test
    void aChangeIsToldAtOnce() {
        String token = createdToken(event());
        ask(token, "Ada").then().statusCode(201);

        assertThat(told(token, "event.updated")).isEqualTo(1);
        assertThat(hasNews(token)).isFalse();
    }

    @Test
    void manyChangesAreToldTogetherAndTheLastIsNotForgotten() {
        String token = createdToken(event());
        long begin = System.nanoTime();
        for (int i = 0; i < 30; i++) {
            ask(token, "Guest " + i).then().statusCode(201);
        }
        await().until(() -> !hasNews(token));
        long pauses = (System.nanoTime() - begin) / EventNews.PAUSE.toNanos();

        assertThat(told(token, "event.updated")).isBetween(2L, 2 + pauses);
    }

    @Test
    void whatANodeDidNotTellAnotherOneTells() {
        String token = createdToken(event());
        Database.change("UPDATE group_event SET has_news = true, told_at = now() - interval '1 minute' WHERE token = '"
                + token + "'");

        await().atMost(Duration.ofSeconds(20)).until(() -> !hasNews(token));
        assertThat(told(token, "event.updated")).isEqualTo(1);
    }

    @Test
    void itIsToldWhenTheLastOneWhoWasMissingHasAnswered() {
        String token = createdToken(event());
        Guest ada = join(token, "Ada");
        Guest ben = join(token, "Ben");
        Guest cy = join(token, "Cy");
        ada.answers(List.of(0), List.of());
        ben.answers(List.of(0), List.of());
        assertThat(told(token, "event.all-answered")).isZero();

        Api.request()
                .header("X-Session-Key", cy.sessionKey())
                .delete(path(token) + "/participants/" + cy.id())
                .then()
                .statusCode(204);
        assertThat(told(token, "event.all-answered")).isEqualTo(1);
        ben.answers(List.of(1), List.of());
        assertThat(told(token, "event.all-answered")).isEqualTo(1);
        join(token, "Dee").answers(List.of(1), List.of());
        assertThat(told(token, "event.all-answered")).isEqualTo(2);
    }
}
