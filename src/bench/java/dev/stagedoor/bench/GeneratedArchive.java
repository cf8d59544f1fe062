package dev.stagedoor.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/**
 * A chat archive as real ones are: room after room, newest first but not everywhere, one record in a hundred a
 * repetition, some texts empty, some with quotes and line breaks. The same seed gives the same bytes.
 */
final class GeneratedArchive {

    private static final int ROOMS = 20;
    private static final int USERS = 2_000;
    private static final Instant NEWEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX_GAP_MILLIS = 120_000;
    private static final int MAX_DISORDER_MILLIS = 600_000;
    private static final int MAX_TEXT_CHARACTERS = 4_000;

    /** Of the words in a message, as a log-normal distribution: half of all have up to 9, one in a hundred 90 or more. */
    private static final double MEDIAN_WORDS = 9;

    private static final String[] WORDS =
            ("the to a you is it that in and of for have this on with not be are but just can"
                            + " what if so do like how code your my function array thanks know use value loop page challenge"
                            + " javascript return object string :smile: @someone https://example.com/challenges/waypoint"
                            + " `console.log(value)` \"quoted\" über ありがとう 👍")
                    .split(" ");

    private final Random random;

    private GeneratedArchive(long seed) {
        this.random = new Random(seed);
    }

    /**
     * An archive in a file.
     *
     * @param messages how many of its records are not repetitions
     */
    record Archive(Path file, int records, int messages) {}

    static Archive write(Path file, int records, long seed) throws IOException {
        return new GeneratedArchive(seed).write(file, records);
    }

    private Archive write(Path file, int records) throws IOException {
        int messages = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int room = 0; room < ROOMS; room++) {
                messages += writeRoom(writer, room, records / ROOMS);
            }
        }
        return new Archive(file, records, messages);
    }

    private int writeRoom(BufferedWriter writer, int room, int records) throws IOException {
        String prefix = id(room) + "\tbench/room-" + room + "\t";
        Instant time = NEWEST;
        String last = null;
        int messages = 0;
        for (int i = 0; i < records; i++) {
            time = time.minusMillis(random.nextInt(MAX_GAP_MILLIS));
            if (last == null || random.nextInt(100) > 0) {
                last = prefix + message(room * records + i, time);
                messages++;
            }
            writer.write(last);
        }
        return messages;
    }

    private String message(int number, Instant time) {
        boolean disordered = random.nextInt(50) == 0;
        Instant sentAt = disordered ? time.plusMillis(random.nextInt(MAX_DISORDER_MILLIS)) : time;
        // Few write much, most write little.
        int user = (int) (USERS * Math.pow(random.nextDouble(), 3));
        return sentAt + "\t" + id(user) + "\tuser-" + user + "\t" + id(number) + "\t" + quoted(text()) + "\n";
    }

    private String text() {
        if (random.nextInt(100) == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        long words = Math.round(MEDIAN_WORDS * Math.exp(random.nextGaussian()));
        for (long i = 0; i <= words && text.length() < MAX_TEXT_CHARACTERS; i++) {
            text.append(i == 0 ? "" : random.nextInt(40) == 0 ? "\n" : " ");
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return text.contains("\n") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** As long as the ids of real archives. */
    private static String id(int number) {
        return String.format("%024x", number);
    }
}
