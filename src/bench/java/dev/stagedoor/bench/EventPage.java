package dev.stagedoor.bench;

import dev.stagedoor.availability.EventParts;
import dev.stagedoor.bench.GeneratedEvent.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A group event to which many have answered, read by someone who has its link, without the cache and with it, compared with
 * {@link BareEvents}: the same statement alone. The best times are measured by themselves, too.
 */
final class EventPage {

    private final Installation installation;
    private final GeneratedEvent event;
    private final String database;
    private final List<Contender> uncached = new ArrayList<>();
    private final List<Contender> cached = new ArrayList<>();
    private final Map<String, Double> cold = new HashMap<>();
    private final Map<String, Double> warm = new HashMap<>();

    EventPage(Installation installation, GeneratedEvent event) {
        this.installation = installation;
        this.event = event;
        this.database = "events_" + event.people();
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        installation.createDatabase(database);
        Map<String, String> tokens = fill(builds);
        List<Contender> all = new ArrayList<>();
        try {
            for (Build build : builds) {
                String path = path(tokens.get(build.name()));
                uncached.add(program(build, path, false, all));
                cached.add(program(build, path, true, all));
            }
            Contender bare = bare(tokens.get(Build.JVM), uncached.get(uncached.size() - 1), all);
            Contender.compete("an event of " + size(), all);
            uncached.add(bare);
            cached.add(bare);
            return rows();
        } finally {
            all.forEach(contender -> contender.program().close());
        }
    }

    private String size() {
        return String.format(Locale.ROOT, "%,d people and %,d slots", event.people(), event.slots());
    }

    private static String path(String token) {
        return "/api/v1/events/" + token;
    }

    /** An event for each build: what one has read, the others find in Redis. */
    private Map<String, String> fill(List<Build> builds) throws IOException {
        Map<String, String> tokens = new HashMap<>();
        int port = Installation.freePort();
        try (Program program = Program.start(
                builds.get(builds.size() - 1),
                installation.environment(database, port),
                installation.file(database + ".log"))) {
            program.millisToOk(port, "/q/health/ready");
            for (Build build : builds) {
                tokens.put(build.name(), event.create(installation, database, port));
            }
        }
        installation.settle(database);
        return tokens;
    }

    private Contender program(Build build, String path, boolean isCached, List<Contender> all) throws IOException {
        int port = Installation.freePort();
        Map<String, String> environment = installation.environment(database, port);
        environment.put("STAGEDOOR_CACHE_ENABLED", Boolean.toString(isCached));
        Program program = Program.start(build, environment, installation.file(database + build.name() + ".log"));
        program.millisToOk(port, "/q/health/ready");
        if (isCached) {
            cold.put(build.name(), SqlStatements.ofARead(port, Account.NOBODY, path));
            warm.put(build.name(), SqlStatements.ofARead(port, Account.NOBODY, path));
        }
        return contender(build.name(), program, port, path, all);
    }

    private Contender bare(String token, Contender read, List<Contender> all) throws IOException {
        byte[] body = Account.NOBODY.get(read.load().port(), path(token));
        int port = Installation.freePort();
        Build build = Build.bare(
                BareEvents.class,
                Integer.toString(port),
                installation.bareDatabaseUrl(database),
                EventParts.FIND,
                token,
                Integer.toString(event.people()),
                Files.write(installation.file(database + ".json"), body).toString());
        Program program = Program.start(build, Map.of(), installation.file(database + "-bare.log"));
        program.millisToOk(port, "/");
        return contender(Build.BARE, program, port, path(token), all);
    }

    private static Contender contender(String name, Program program, int port, String path, List<Contender> all)
            throws IOException {
        byte[] body = Account.NOBODY.get(port, path);
        Contender contender = new Contender(name, program, new HttpLoad(port, path, "", body.length));
        all.add(contender);
        return contender;
    }

    private List<String[]> rows() {
        Function<Contender, Double> cpuMicros = contender -> Table.median(contender.cpuMicros());
        return List.of(
                row("event of " + size() + " from SQL, requests/s", "%,.0f", uncached, Contender::perSecond),
                row("– p99 of 32 at once, ms", "%.1f", uncached, Contender::p99Millis),
                row("– processor time of the server per request, µs", "%,.0f", uncached, cpuMicros),
                row("– from the cache, requests/s", "%,.0f", cached, Contender::perSecond),
                row("– p99, ms", "%.1f", cached, Contender::p99Millis),
                Table.row("– SQL statements of a cold read", cold, "%.0f", Double.NaN),
                Table.row("– SQL statements of a warm read", warm, "%.0f", Double.NaN),
                Table.row(
                        "– its best times by themselves, ms",
                        Map.of(Build.JVM, bestTimesMillis()),
                        "%.1f",
                        Double.NaN));
    }

    private static String[] row(
            String what, String format, List<Contender> contenders, Function<Contender, Double> figure) {
        return Contender.row(what, format, contenders, figure, Build.BARE);
    }

    private double bestTimesMillis() {
        Benchmarks.progress("Looking for the best times");
        List<Answer> answers = event.answers();
        return EventParts.bestTimesMillis(
                answers.stream().map(Answer::yes).toList(),
                answers.stream().map(Answer::ifNeeded).toList(),
                GeneratedEvent.DAYS,
                event.slotsOfDay());
    }
}
