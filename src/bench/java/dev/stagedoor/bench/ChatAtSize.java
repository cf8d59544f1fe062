package dev.stagedoor.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What members read of a million messages that are all in their own channels, from SQL and from the cache: pages, their list
 * of channels, and what they search for.
 */
final class ChatAtSize {

    static final String DATABASE = "chat";
    private static final String FROM_CACHE = "-cached";

    /** As many as the database has processors here; who searches waits for the answer. */
    private static final int SEARCHERS = 2;

    private static final int READERS = 32;

    private final Installation installation;

    ChatAtSize(Installation installation) {
        this.installation = installation;
    }

    /** Something to read, again and again in turn. */
    private record Reading(String what, int atOnce, boolean isAlsoCached, List<String> paths) {}

    private static Reading search(String what, String... texts) {
        List<String> paths = new ArrayList<>();
        for (String text : texts) {
            paths.add("/api/v1/search/messages?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        return new Reading("search by " + what + ", 2 at once, requests/s", SEARCHERS, false, paths);
    }

    private static List<Reading> readings(Channel channel) {
        String messages = "/api/v1/channels/" + channel.id() + "/messages?limit=50";
        return List.of(
                new Reading(
                        "list of 50 of all channels, requests/s", READERS, true, List.of("/api/v1/channels?limit=50")),
                new Reading(
                        "newest 50 messages of 500,000 in one of them, requests/s", READERS, true, List.of(messages)),
                new Reading(
                        "– the 10,000th page of 50, requests/s",
                        READERS,
                        true,
                        List.of(messages + "&before=" + (channel.lastSeq() - 9_999 * 50))),
                search(
                        "word",
                        "javascript",
                        "running",
                        "thanks",
                        "recursion",
                        "the",
                        "responsive",
                        "algorithms",
                        "-help bootstrap"),
                search("phrase", "\"for loop\"", "\"free code camp\"", "\"how do i\"", "\"is there a way to\""),
                search("part of a word", "scri", "gori", "ecurs", "ootstr", "sponsi"),
                search("Japanese or Korean", "日本", "勉強", "プログラ", "です", "한국"));
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        installation.createDatabase(DATABASE);
        Build filler = builds.get(builds.size() - 1);
        GrownArchive.fill(installation, DATABASE, filler);
        Map<String, Program> programs = new HashMap<>();
        Map<String, Integer> ports = new HashMap<>();
        try {
            for (Build build : builds) {
                start(build, build.name(), false, programs, ports);
                start(build, build.name() + FROM_CACHE, true, programs, ports);
            }
            Account reader = Account.register(ports.get(filler.name()), "reader");
            List<Reading> readings = readings(joinAll(reader));
            List<String[]> rows = new ArrayList<>();
            for (Reading reading : readings) {
                rows.addAll(measure(reading, builds, programs, ports, reader));
            }
            return rows;
        } finally {
            programs.values().forEach(Program::close);
        }
    }

    private void start(
            Build build, String name, boolean isCached, Map<String, Program> programs, Map<String, Integer> ports)
            throws IOException {
        int port = Installation.freePort();
        Map<String, String> environment = installation.environment(DATABASE, port);
        environment.put("STAGEDOOR_CACHE_ENABLED", Boolean.toString(isCached));
        environment.put("STAGEDOOR_AUTH_ACCESS_TOKEN_TTL", "1d");
        Program program = Program.start(build, environment, installation.file(name + ".log"));
        program.millisToOk(port, "/q/health/ready");
        programs.put(name, program);
        ports.put(name, port);
    }

    /** The channel in which most was said. */
    private record Channel(String id, long lastSeq) {}

    private Channel joinAll(Account reader) {
        Channel largest;
        try (Connection connection = installation.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO membership (channel_id, user_id, role, joined_at) SELECT id, '"
                    + reader.userId() + "', 'member', now() FROM channel");
            try (ResultSet rows =
                    statement.executeQuery("SELECT id, last_seq FROM channel ORDER BY last_seq DESC, id LIMIT 1")) {
                rows.next();
                largest = new Channel(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        installation.settle(DATABASE);
        return largest;
    }

    private static List<String[]> measure(
            Reading reading,
            List<Build> builds,
            Map<String, Program> programs,
            Map<String, Integer> ports,
            Account reader)
            throws IOException {
        List<Contender> fromSql = new ArrayList<>();
        List<Contender> fromCache = new ArrayList<>();
        for (Build build : builds) {
            fromSql.add(contender(build.name(), build.name(), reading, programs, ports, reader));
            if (reading.isAlsoCached()) {
                fromCache.add(contender(build.name(), build.name() + FROM_CACHE, reading, programs, ports, reader));
            }
        }
        List<Contender> all = new ArrayList<>(fromSql);
        all.addAll(fromCache);
        Contender.compete(reading.what(), all);
        List<String[]> rows = new ArrayList<>();
        rows.add(Contender.row(reading.what(), "%,.0f", fromSql, Contender::perSecond));
        rows.add(Contender.row("– p99, ms", "%.1f", fromSql, Contender::p99Millis));
        if (reading.isAlsoCached()) {
            rows.add(Contender.row("– from the cache, requests/s", "%,.0f", fromCache, Contender::perSecond));
            rows.add(Contender.row("– p99, ms", "%.1f", fromCache, Contender::p99Millis));
        }
        return rows;
    }

    private static Contender contender(
            String name,
            String program,
            Reading reading,
            Map<String, Program> programs,
            Map<String, Integer> ports,
            Account reader) {
        int port = ports.get(program);
        List<byte[]> requests = reading.paths().stream()
                .map(path -> ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + reader.authorization()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .toList();
        List<Supplier<byte[]>> connections = Collections.nCopies(reading.atOnce(), inTurn(requests));
        return new Contender(name, programs.get(program), new HttpLoad(port, connections, 200));
    }

    private static Supplier<byte[]> inTurn(List<byte[]> requests) {
        Iterator<byte[]> next =
                Stream.generate(() -> requests).flatMap(List::stream).iterator();
        return next::next;
    }
}
