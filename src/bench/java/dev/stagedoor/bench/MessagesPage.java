package dev.stagedoor.bench;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A page of 50 messages, read from SQL by a signed-in member without the cache, compared with {@link BarePage}: the same
 * statements on as many connections to the same database, giving the same bytes.
 */
final class MessagesPage {

    /** Has the large archive of the imports as well, so that the tables have a size. */
    static final String DATABASE = "import_" + Build.JVM;

    private static final String ARCHIVE = "src/main/resources/demo/community.tsv";
    private static final String ROOM = "stagedoor/tonight";

    private final Installation installation;

    MessagesPage(Installation installation) {
        this.installation = installation;
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        importDemo(builds.get(builds.size() - 1));
        List<Contender> contenders = new ArrayList<>();
        try {
            startAll(builds, contenders);
            installation.settle(DATABASE);
            Contender.compete("pages of messages", contenders);
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
            Map<String, String> environment = installation.environment(DATABASE, port);
            environment.put("STAGEDOOR_CACHE_ENABLED", "false");
            Program program = Program.start(build, environment, installation.file(build.name() + ".log"));
            program.millisToOk(port, "/q/health/ready");
            member = member == null ? Member.join(port, ROOM) : member;
            byte[] body = member.account().get(port, member.messages());
            expected = expected == null ? body : expected;
            contenders.add(contender(build.name(), program, port, member, same(expected, body)));
        }
        int port = Installation.freePort();
        Program bare = Program.start(
                bare(installation.bareDatabaseUrl(DATABASE), port, member), Map.of(), installation.file("bare.log"));
        bare.millisToOk(port, "/");
        contenders.add(contender(
                Build.BARE, bare, port, member, same(expected, member.account().get(port, member.messages()))));
    }

    private static Contender contender(String name, Program program, int port, Member member, byte[] body) {
        HttpLoad load = new HttpLoad(
                port, member.messages(), "Authorization: " + member.account().authorization() + "\r\n", body.length);
        return new Contender(name, program, load);
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

    private static Build bare(String databaseUrl, int port, Member member) {
        return Build.bare(
                BarePage.class,
                Integer.toString(port),
                databaseUrl,
                statement("MessageStore", "BEFORE"),
                statement("ChannelQueries", "ACCESS"),
                member.channelId(),
                member.account().userId());
    }

    /** The program's own statement, so that the two cannot come apart. */
    private static String statement(String type, String field) {
        try {
            Field statement = Class.forName("dev.stagedoor.chat." + type).getDeclaredField(field);
            statement.setAccessible(true);
            return (String) statement.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String[]> rows(List<Contender> contenders) {
        return List.of(
                Contender.row(
                        "page of 50 messages from SQL, requests/s",
                        "%,.0f",
                        contenders,
                        Contender::perSecond,
                        Build.BARE),
                Contender.row("– p99 of 32 at once, ms", "%.1f", contenders, Contender::p99Millis, Build.BARE),
                Contender.row(
                        "– processor time of the server per request, µs",
                        "%.0f",
                        contenders,
                        c -> Table.median(c.cpuMicros()),
                        Build.BARE),
                Contender.row(
                        "– memory under this load, MiB",
                        "%.0f",
                        contenders,
                        c -> c.program().residentMegabytes(),
                        Build.BARE));
    }
}
