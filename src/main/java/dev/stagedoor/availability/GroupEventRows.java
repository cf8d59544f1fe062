package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEvent.FinalTime;
import dev.stagedoor.availability.GroupEvent.Participant;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.http.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Group events, as rows have them. */
final class GroupEventRows {

    private GroupEventRows() {}

    static OffsetDateTime utc(Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    /** Fails with 401 where a row was not written, since its user is erased: their access token outlives them by minutes. */
    static void requireUser(RowSet<Row> written) {
        if (written.rowCount() == 0) {
            throw ApiException.unauthorized("There is no such user any more");
        }
    }

    static GroupEvent event(Row row) {
        EventSettings settings = settings(row);
        return new GroupEvent(
                row.getUUID("id"),
                row.getString("token"),
                Keys.hex(row.getBuffer("organizer_key_hash").getBytes()),
                row.getUUID("owner_id"),
                settings,
                finalTime(row, settings.time()),
                Reads.instant(row, "created_at"),
                Reads.instant(row, "changed_at"),
                row.getInteger("version"),
                participants(row));
    }

    private static EventSettings settings(Row row) {
        return new EventSettings(
                row.getString("title"),
                row.getString("description"),
                time(row),
                Reads.instant(row, "deadline"),
                row.getInteger("max_participants"),
                row.getBoolean("is_blind"),
                row.getBoolean("hides_names"),
                row.getBoolean("allows_if_needed"),
                row.getBoolean("participants_finalize"));
    }

    private static EventTime time(Row row) {
        return new EventTime(
                ZoneId.of(row.getString("time_zone")),
                List.of(row.getArrayOfLocalDates("dates")),
                Stream.of(row.getArrayOfStrings("weekdays"))
                        .map(name -> Weekdays.parse(name).orElseThrow())
                        .toList(),
                row.getLocalDate("week"),
                row.getInteger("from_minute"),
                row.getInteger("to_minute"),
                row.getInteger("slot_minutes"));
    }

    /** Null too where clocks are to change otherwise than when it was decided, and there is no such time any more. */
    private static FinalTime finalTime(Row row, EventTime time) {
        Integer first = row.getInteger("final_slot");
        if (first == null) {
            return null;
        }
        int slots = row.getInteger("final_slots");
        boolean isCancelled = row.getOffsetDateTime("finalized_at") == null;
        return first + slots <= time.slots().size() ? new FinalTime(first, slots, isCancelled) : null;
    }

    static OffsetDateTime[] utc(List<Instant> moments) {
        return moments.stream().map(GroupEventRows::utc).toArray(OffsetDateTime[]::new);
    }

    private static List<Participant> participants(Row row) {
        UUID[] ids = row.getArrayOfUUIDs("ids");
        if (ids == null) {
            return List.of();
        }
        String[] names = row.getArrayOfStrings("names");
        String[] timeZones = row.getArrayOfStrings("time_zones");
        Buffer[] keyHashes = row.getDelegate().getArrayOfBuffers("key_hashes");
        UUID[] userIds = row.getArrayOfUUIDs("user_ids");
        Buffer[] yes = row.getDelegate().getArrayOfBuffers("yes");
        Buffer[] ifNeeded = row.getDelegate().getArrayOfBuffers("if_needed");
        OffsetDateTime[] answeredAt = row.getArrayOfOffsetDateTimes("answered_at");
        List<Participant> participants = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            participants.add(new Participant(
                    ids[i],
                    names[i],
                    timeZones[i],
                    Keys.hex(keyHashes[i].getBytes()),
                    userIds[i],
                    Positions.encode(yes[i].getBytes()),
                    Positions.encode(ifNeeded[i].getBytes()),
                    answeredAt[i] == null ? null : answeredAt[i].toInstant()));
        }
        return participants;
    }
}
