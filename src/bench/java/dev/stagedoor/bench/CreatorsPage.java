package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of the 50 best creators, of 100,000 with 2,000,000 sessions, with the cache and without, compared with
 * {@link BareCreators}: the same statement alone, and a loop that counts the sessions of each
 * creator by a query of its own. All give the same bytes.
 */
final class CreatorsPage {

    private static final String DATABASE = "creators";
    private static final String PATH = "/api/v1/creators?limit=50";
    private static final String LOOP = "loop";

    private final Installation installation;

    CreatorsPage(Installation installation) {
        this.installation = installation;
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        installation.createDatabase(DATABASE);
        Account reader = fill(builds.get(builds.size() - 1));
        List<Contender> uncached = new ArrayList<>();
        List<Contender> cached = new ArrayList<>();
        List<Contender> all = new ArrayList<>();
        try {
            for (Build build : builds) {
                uncached.add(program(build, false, reader, all));
                cached.add(program(build, true, reader, all));
            }
            byte[] body = reader.get(uncached.get(0).load().port(), PATH);
            Contender once = bare(Build.BARE, body, reader, all);
            Contender loop = bare(LOOP, body, reader, all);
            Contender.compete("lists of creators", all);
            return rows(uncached, cached, once, loop);
        } finally {
            all.forEach(contender -> contender.program().close());
        }
    }

    /** The program makes the tables. */
    private Account fill(Build build) throws IOException {
        int port = Installation.freePort();
        try (Program program =
                Program.start(build, installation.environment(DATABASE, port), installation.file("creators.log"))) {
            program.millisToOk(port, "/q/health/ready");
            GeneratedCreators.fill(installation, DATABASE);
            return Account.register(port, "reader");
        }
    }

    private Contender program(Build build, boolean isCached, Account reader, List<Contender> all) throws IOException {
        int port = Installation.freePort();
        Map<String, String> environment = installation.environment(DATABASE, port);
        environment.put("STAGEDOOR_CACHE_ENABLED", Boolean.toString(isCached));
        Program program = Program.start(build, environment, installation.file("creators-" + build.name() + ".log"));
        program.millisToOk(port, "/q/health/ready");
        return contender(build.name(), program, port, reader.get(port, PATH), all);
    }

    private Contender bare(String name, byte[] body, Account reader, List<Contender> all) throws IOException {
        int port = Installation.freePort();
        Build build = Build.bare(
                BareCreators.class,
                Integer.toString(port),
                installation.bareDatabaseUrl(DATABASE),
                statement(),
                new ObjectMapper().readTree(body).get("next").textValue(),
                Boolean.toString(name.equals(LOOP)));
        Program program = Program.start(build, Map.of(), installation.file("bare-" + name + ".log"));
        program.millisToOk(port, "/");
        byte[] own = reader.get(port, PATH);
        if (!Arrays.equals(body, own)) {
            throw new IllegalStateException("The answers differ:\n" + text(body) + "\n" + text(own));
        }
        return contender(name, program, port, own, all);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Contender contender(String name, Program program, int port, byte[] body, List<Contender> all) {
        Contender contender = new Contender(name, program, new HttpLoad(port, PATH, "", body.length));
        all.add(contender);
        return contender;
    }

    /** The program's own statement, so that the two cannot come apart. */
    private static String statement() {
        try {
            Class<?> sorts = Class.forName("dev.stagedoor.creator.CreatorSort");
            Class<?> filters = Class.forName("dev.stagedoor.creator.CreatorFilter");
            Method of = filters.getDeclaredMethod("of", sorts, String.class, String.class, String.class);
            of.setAccessible(true);
            Method statement =
                    Class.forName("dev.stagedoor.creator.CreatorQueries").getDeclaredMethod("pageStatement", filters);
            statement.setAccessible(true);
            return (String) statement.invoke(null, of.invoke(null, sorts.getEnumConstants()[0], null, null, null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String[]> rows(
            List<Contender> uncached, List<Contender> cached, Contender once, Contender loop) {
        return List.of(
                row("page of 50 creators from SQL, requests/s", "%,.0f", uncached, once, false),
                row("– p99 of 32 at once, ms", "%.1f", uncached, once, true),
                row("– against 1 + 50 queries, requests/s", "%,.0f", uncached, loop, false),
                row("– p99, ms", "%.1f", uncached, loop, true),
                row("– from the cache, against those, requests/s", "%,.0f", cached, loop, false),
                row("– p99, ms", "%.1f", cached, loop, true));
    }

    private static String[] row(
            String what, String format, List<Contender> contenders, Contender baseline, boolean isLatency) {
        Map<String, Double> figures = new HashMap<>();
        contenders.forEach(contender -> figures.put(contender.name(), figure(contender, isLatency)));
        return Table.row(what, figures, format, figure(baseline, isLatency));
    }

    private static double figure(Contender contender, boolean isLatency) {
        return isLatency ? contender.p99Millis() : contender.perSecond();
    }
}
