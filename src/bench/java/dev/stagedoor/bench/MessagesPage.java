package dev.stagedoor.bench;

import dev.stagedoor.bench.HttpLoad.Round;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of 50 messages, read from SQL by a signed-in member, compared with {@link BarePage}: the same statement on as
 * many connections to the same database, giving the same bytes.
 */
final class MessagesPage {

    /** Has the large archive of the imports as well, so that the tables have a size. */
    static final String DATABASE = "import_" + Build.JVM;

    private static final String BARE = "bare";
    private static final String ARCHIVE = "src/main/resources/demo/community.tsv";
    private static final String ROOM = "stagedoor/tonight";

    private static final Pattern NEEDED = Pattern.compile(
            "bench.classes|vertx-(core|sql-client|pg-client)-|io\\.netty\\.|jackson-core-|com\\.ongres\\.");

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS = 5;

    private final Installation installation;

    MessagesPage(Installation installation) {
        this.installation = installation;
    }

    /** A server under load, and what its rounds gave. */
    private record Contender(String name, Program program, HttpLoad load, List<Round> rounds, List<Double> cpuMicros) {

        void run(Duration duration, boolean counts) throws IOException {
            Duration before = program.cpuTime();
            Round round = load.run(duration);
            if (counts) {
                rounds.add(round);
                cpuMicros.add(program.cpuTime().minus(before).toNanos() / 1e3 / round.requests());
            }
        }

        double median(Function<Round, Double> figure) {
            return Table.median(rounds.stream().map(figure).toList());
        }
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        importDemo(builds.get(builds.size() - 1));
        List<Contender> contenders = new ArrayList<>();
        try {
            startAll(builds, contenders);
            installation.settle(DATABASE);
            for (Contender contender : contenders) {
                Benchmarks.progress("Reading pages, %s: warming up", contender.name());
                contender.run(WARM_UP, false);
            }
            // In turns, so that whatever else the machine does hits all alike.
            for (int round = 1; round <= ROUNDS; round++) {
                Benchmarks.progress("Reading pages, round %d of %d", round, ROUNDS);
                for (Contender contender : contenders) {
                    contender.run(ROUND, true);
                }
            }
            return rows(contenders);
        } finally {
            contenders.forEach(contender -> contender.program().close());
        }
    }

    private void importDemo(Build build) throws IOException {
        Map<String, String> environment = installation.environment(DATABASE, Installation.freePort());
        Build command = build.with("import-archive", ARCHIVE);
        try (Program program = Program.start(command, environment, installation.file("import.log"))) {
            program.awaitEnd();
        }
    }

    private void startAll(List<Build> builds, List<Contender> contenders) throws IOException {
        Member member = null;
        byte[] expected = null;
        for (Build build : builds) {
            int port = Installation.freePort();
            Program program = Program.start(
                    build, installation.environment(DATABASE, port), installation.file(build.name() + ".log"));
            program.millisToOk(port, "/q/health/ready");
            member = member == null ? Member.join(port, ROOM) : member;
            byte[] body = member.get(port, member.messages());
            expected = expected == null ? body : expected;
            contenders.add(contender(build.name(), program, port, member, same(expected, body)));
        }
        int port = Installation.freePort();
        Program bare = Program.start(
                bare(installation.bareDatabaseUrl(DATABASE), port, member), Map.of(), installation.file("bare.log"));
        bare.millisToOk(port, "/");
        contenders.add(contender(BARE, bare, port, member, same(expected, member.get(port, member.messages()))));
    }

    private static Contender contender(String name, Program program, int port, Member member, byte[] body) {
        HttpLoad load =
                new HttpLoad(port, member.messages(), "Authorization: " + member.authorization() + "\r\n", body.length);
        return new Contender(name, program, load, new ArrayList<>(), new ArrayList<>());
    }

    private static byte[] same(byte[] expected, byte[] body) {
        if (!Arrays.equals(expected, body)) {
            throw new IllegalStateException("The answers differ:\n" + text(expected) + "\n" + text(body));
        }
        return body;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A JVM with nothing on its class path but what it needs. */
    private static Build bare(String databaseUrl, int port, Member member) {
        String needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> NEEDED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        return new Build(
                BARE,
                List.of(
                        Build.java(),
                        "-cp",
                        needed,
                        BarePage.class.getName(),
                        Integer.toString(port),
                        databaseUrl,
                        statement(),
                        member.channelId(),
                        member.userId()));
    }

    /** The program's own statement, so that the two cannot come apart. */
    private static String statement() {
        try {
            Field statement = Class.forName("dev.stagedoor.chat.MessageStore").getDeclaredField("BEFORE");
            statement.setAccessible(true);
            return (String) statement.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String[]> rows(List<Contender> contenders) {
        return List.of(
                row("page of 50 messages, requests/s", "%,.0f", contenders, c -> c.median(Round::perSecond)),
                row("– p99 of 32 at once, ms", "%.1f", contenders, c -> c.median(Round::p99Millis)),
                row(
                        "– processor time of the server per request, µs",
                        "%.0f",
                        contenders,
                        c -> Table.median(c.cpuMicros())),
                row(
                        "– memory under this load, MiB",
                        "%.0f",
                        contenders,
                        c -> c.program().residentMegabytes()));
    }

    private static String[] row(
            String what, String format, List<Contender> contenders, Function<Contender, Double> figure) {
        Map<String, Double> figures = contenders.stream().collect(Collectors.toMap(Contender::name, figure));
        return Table.row(what, figures, format, figures.get(BARE));
    }
}
