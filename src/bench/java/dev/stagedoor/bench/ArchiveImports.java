package dev.stagedoor.bench;

import dev.stagedoor.bench.GeneratedArchive.Archive;
import dev.stagedoor.bench.Program.Run;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * How fast {@code import-archive} is, from the start of its process to its end, and the most memory that it needs for a
 * small and for a large archive. The baseline is {@code COPY} of the same file into a table without keys or indexes.
 */
final class ArchiveImports {

    private static final int[] SIZES = {20_000, 200_000};
    private static final long SEED = 20260101;

    private final Installation installation;

    ArchiveImports(Installation installation) {
        this.installation = installation;
    }

    /** The database into which a build imports. */
    static String database(Build build) {
        return "import_" + build.name();
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        for (Build build : builds) {
            installation.createDatabase(database(build));
            run(build.with("migrate"), build);
        }
        List<String[]> rates = new ArrayList<>();
        List<String[]> peaks = new ArrayList<>();
        for (int size : SIZES) {
            Archive archive = GeneratedArchive.write(installation.file(size + ".tsv"), size, SEED + size);
            Map<String, Double> perSecond = new HashMap<>();
            Map<String, Double> megabytes = new HashMap<>();
            for (Build build : builds) {
                Benchmarks.progress("Importing %d records, %s", size, build.name());
                Run run = run(build.with("import-archive", archive.file().toString()), build);
                perSecond.put(build.name(), archive.messages() * 1000 / run.millis());
                megabytes.put(build.name(), run.peakMegabytes());
            }
            String what = String.format("import of %,d messages, ", size);
            rates.add(Table.row(what + "messages/s", perSecond, "%,.0f", copyRate(archive)));
            peaks.add(Table.row(what + "peak memory, MiB", megabytes, "%.0f", Double.NaN));
        }
        rates.addAll(peaks);
        return rates;
    }

    private Run run(Build command, Build build) throws IOException {
        Map<String, String> environment = installation.environment(database(build), Installation.freePort());
        try (Program program = Program.start(command, environment, installation.file("import.log"))) {
            return program.awaitEnd();
        }
    }

    /** Once to get warm, as a long-running client is, and once to measure. */
    private double copyRate(Archive archive) throws IOException {
        copyOnce(archive);
        return copyOnce(archive);
    }

    private double copyOnce(Archive archive) throws IOException {
        try (Connection connection = installation.connect("postgres");
                Statement statement = connection.createStatement();
                Reader file = Files.newBufferedReader(archive.file())) {
            statement.execute("CREATE TABLE copied (room_id text, room_uri text, sent_at timestamptz, user_id text,"
                    + " username text, message_id text, text text)");
            long begin = System.nanoTime();
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY copied FROM STDIN (FORMAT csv, DELIMITER E'\\t')", file);
            double seconds = (System.nanoTime() - begin) / 1e9;
            statement.execute("DROP TABLE copied");
            return copied / seconds;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
