package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A group event of ten hours on each of fifty days, to which all have answered: every day they can for some time in a row,
 * and for some after it if it must be. The same numbers give the same answers.
 */
record GeneratedEvent(int people, int slotMinutes) {

    static final int DAYS = 50;

    private static final int MINUTES_OF_DAY = 600;
    private static final int KEY_BYTES = 32;

    private static final String EVENT = """
            {"title": "Read-through", "timeZone": "Europe/Lisbon", "dates": [%s], "from": "08:00", "to": "18:00",
             "slotMinutes": %d, "maxParticipants": %d}
            """;

    private static final String PARTICIPANT = """
            INSERT INTO group_event_participant (id, event_id, name, time_zone, session_key_hash, yes, if_needed, created_at,
                                                 answered_at)
            VALUES (uuid_v7(now()), CAST(? AS uuid), ?, 'Europe/Lisbon', ?, ?, ?, now(), now())
            """;

    /** What someone says, by positions of slots. */
    record Answer(BitSet yes, BitSet ifNeeded) {}

    int slotsOfDay() {
        return MINUTES_OF_DAY / slotMinutes;
    }

    int slots() {
        return DAYS * slotsOfDay();
    }

    List<Answer> answers() {
        Random random = new Random(people);
        return IntStream.range(0, people).mapToObj(person -> answer(random)).toList();
    }

    private Answer answer(Random random) {
        Answer answer = new Answer(new BitSet(), new BitSet());
        for (int day = 0; day < DAYS; day++) {
            int end = (day + 1) * slotsOfDay();
            int from = day * slotsOfDay() + random.nextInt(slotsOfDay());
            int rather = Math.min(end, from + random.nextInt(slotsOfDay()));
            int to = Math.min(end, rather + random.nextInt(slotsOfDay() / 2));
            answer.yes().set(from, rather);
            answer.ifNeeded().set(rather, to);
        }
        return answer;
    }

    /** Makes it through the service on this port, and answers past it; gives the token. */
    String create(Installation installation, String database, int port) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String dates = IntStream.rangeClosed(1, DAYS)
                .mapToObj(day -> '"' + today.plusDays(day).toString() + '"')
                .collect(Collectors.joining(", "));
        String event = EVENT.formatted(dates, slotMinutes, people);
        JsonNode created = Account.NOBODY.send(port, "POST", "/api/v1/events", event);
        try (Connection connection = installation.connect(database);
                PreparedStatement insert = connection.prepareStatement(PARTICIPANT)) {
            insert.setString(1, created.get("id").textValue());
            addAnswers(insert);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return created.get("token").textValue();
    }

    private void addAnswers(PreparedStatement insert) throws SQLException {
        List<Answer> answers = answers();
        for (int person = 0; person < people; person++) {
            insert.setString(2, "Person " + person);
            insert.setBytes(3, ByteBuffer.allocate(KEY_BYTES).putInt(person).array());
            insert.setBytes(4, answers.get(person).yes().toByteArray());
            insert.setBytes(5, answers.get(person).ifNeeded().toByteArray());
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
