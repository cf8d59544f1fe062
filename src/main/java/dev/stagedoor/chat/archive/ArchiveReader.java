package dev.stagedoor.chat.archive;

import dev.stagedoor.platform.archive.RecordReader;
import dev.stagedoor.platform.archive.RecordReader.Parsed;
import dev.stagedoor.platform.archive.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an archive's messages: room id, room name, time (RFC 3339), user id, username, message id and text.
 *
 * <p>Blocks while it reads.
 */
final class ArchiveReader {

    private static final int FIELDS = 7;
    private static final int MAX_ID_CHARACTERS = 100;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final RecordReader records;

    ArchiveReader(InputStream input) {
        this.records = new RecordReader(input, '\t');
    }

    /** Some records in the order of the file; both lists are empty at its end. */
    record Batch(List<ArchiveLine> lines, List<Rejection> rejections) {

        int size() {
            return lines.size() + rejections.size();
        }
    }

    Batch next(int maxRecords) throws IOException {
        Batch batch = new Batch(new ArrayList<>(maxRecords), new ArrayList<>());
        while (batch.size() < maxRecords) {
            Parsed parsed = records.next();
            if (parsed == null) {
                break;
            }
            add(parsed, batch);
        }
        return batch;
    }

    private static void add(Parsed parsed, Batch batch) {
        if (parsed.error() != null) {
            batch.rejections().add(new Rejection(parsed.line(), parsed.error()));
            return;
        }
        try {
            batch.lines().add(line(parsed));
        } catch (IllegalArgumentException e) {
            batch.rejections().add(new Rejection(parsed.line(), e.getMessage()));
        }
    }

    private static ArchiveLine line(Parsed parsed) {
        List<String> fields = parsed.fields();
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("has " + fields.size() + " fields, not " + FIELDS);
        }
        return new ArchiveLine(
                parsed.line(),
                id(fields.get(0), "room_id"),
                id(fields.get(1), "room_uri"),
                time(fields.get(2)),
                id(fields.get(3), "from_userid"),
                id(fields.get(4), "from_username"),
                id(fields.get(5), "message_id"),
                storable(fields.get(6), "text"));
    }

    private static String id(String value, String field) {
        if (value.isBlank() || value.codePointCount(0, value.length()) > MAX_ID_CHARACTERS) {
            throw new IllegalArgumentException(field + " must have 1 to " + MAX_ID_CHARACTERS + " characters");
        }
        return storable(value, field);
    }

    private static String storable(String value, String field) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + " holds a NUL character, which PostgreSQL cannot store");
        }
        return value;
    }

    private static Instant time(String value) {
        try {
            Instant time = Instant.parse(value);
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw new IllegalArgumentException("sent_at is out of range");
            }
            return time;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("sent_at is not a time of RFC 3339");
        }
    }
}
