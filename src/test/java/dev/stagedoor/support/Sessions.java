package dev.stagedoor.support;

import dev.stagedoor.support.Api.Person;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What tests of booked sessions do again and again. */
public final class Sessions {

    public static final String SESSIONS = "/api/v1/sessions";

    private Sessions() {}

    /** A creator whose time is offered around the clock, by the hour, for 100 tokens. */
    public static Person alwaysFree() {
        Person creator = Api.signUp();
        offerAlways(creator.id());
        return creator;
    }

    public static void offerAlways(String userId) {
        Database.change("""
                INSERT INTO creator (id, headline, price_tokens, session_minutes, time_zone, created_at)
                VALUES ('%s', 'Tunes pianos at any hour', 100, 60, 'UTC', now())
                """.formatted(userId));
        Database.change("INSERT INTO creator_hours (creator_id, day, from_minute, to_minute) SELECT '" + userId
                + "', day, 0, 1440 FROM generate_series(1, 7) AS day");
    }

    /** A whole hour, so many days ahead. */
    public static Instant inDays(int days) {
        return Instant.now().truncatedTo(ChronoUnit.HOURS).plus(days, ChronoUnit.DAYS);
    }

    public static Response book(Person user, Person creator, Instant start) {
        return Tokens.post(user, SESSIONS, Map.of("creatorId", creator.id(), "startsAt", start.toString()));
    }

    /** The id of a session on hold. */
    public static String booked(Person user, Person creator, Instant start) {
        return book(user, creator, start).then().statusCode(201).extract().path("id");
    }

    /** The id of a session that its user has confirmed. */
    public static String confirmed(Person user, Person creator, Instant start) {
        String id = booked(user, creator, start);
        step(user, id, "confirm").then().statusCode(200);
        return id;
    }

    /** The id of a session that took place. */
    public static String completed(Person user, Person creator, Instant start) {
        String id = confirmed(user, creator, start);
        step(creator, id, "start").then().statusCode(200);
        step(creator, id, "complete").then().statusCode(200);
        return id;
    }

    public static Response step(Person person, String id, String step) {
        return person.request().post(SESSIONS + "/" + id + "/" + step);
    }

    public static Response reschedule(Person person, String id, Instant start) {
        return person.request().body(Map.of("startsAt", start.toString())).post(SESSIONS + "/" + id + "/reschedule");
    }

    public static String status(Person person, String id) {
        return person.request()
                .get(SESSIONS + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    /** Moves all times of a session into the past. */
    public static void age(String id, String interval) {
        Database.change("""
                UPDATE creator_session
                SET starts_at = starts_at - interval '%1$s', ends_at = ends_at - interval '%1$s',
                    refundable_until = refundable_until - interval '%1$s'
                WHERE id = '%2$s'
                """.formatted(interval, id));
    }

    /** Lets the time to confirm a hold run out. */
    public static void letHoldRunOut(String id) {
        Database.change("UPDATE creator_session SET hold_expires_at = now() WHERE id = '" + id + "'");
    }
}
