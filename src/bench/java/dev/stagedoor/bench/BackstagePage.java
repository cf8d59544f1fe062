package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page behind the stage of a stream with eight participants, read by one of them: from the cache, compared with
 * {@link BareBytes}, and without it.
 */
final class BackstagePage {

    private static final int PARTICIPANTS = 8;

    /** What a server writes by itself. */
    private static final Set<String> OWN_HEADERS = Set.of(":status", "content-length");

    private final Installation installation;

    BackstagePage(Installation installation) {
        this.installation = installation;
    }

    /** Who reads which stream. */
    private record Reader(Account account, String streamId) {

        String path() {
            return "/api/v1/backstage/" + streamId;
        }
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        List<Contender> cached = new ArrayList<>();
        List<Contender> uncached = new ArrayList<>();
        Map<String, Double> cold = new LinkedHashMap<>();
        Map<String, Double> warm = new LinkedHashMap<>();
        try {
            Reader reader = null;
            for (Build build : builds) {
                int port = Installation.freePort();
                Program program = start(build, port, true);
                reader = reader == null ? setUp(port) : reader;
                cached.add(contender(build.name(), program, port, reader));
                touch(port, reader);
                cold.put(build.name(), SqlStatements.ofARead(port, reader.account(), reader.path()));
                warm.put(build.name(), SqlStatements.ofARead(port, reader.account(), reader.path()));
                int other = Installation.freePort();
                uncached.add(contender(build.name(), start(build, other, false), other, reader));
            }
            Contender bare = bare(cached.get(0), reader);
            cached.add(bare);
            List<Contender> all = new ArrayList<>(cached);
            all.addAll(uncached);
            Contender.compete("backstage", all);
            uncached.add(bare);
            return rows(cached, uncached, cold, warm);
        } finally {
            cached.forEach(contender -> contender.program().close());
            uncached.forEach(contender -> contender.program().close());
        }
    }

    private Program start(Build build, int port, boolean isCached) throws IOException {
        Map<String, String> environment = installation.environment(MessagesPage.DATABASE, port);
        environment.put("STAGEDOOR_CACHE_ENABLED", Boolean.toString(isCached));
        Program program = Program.start(build, environment, installation.file("backstage-" + build.name() + ".log"));
        Benchmarks.progress("%s is ready after %.0f ms", build.name(), program.millisToOk(port, "/q/health/ready"));
        return program;
    }

    private static Reader setUp(int port) throws IOException {
        Account owner = Account.register(port, "owner");
        String stream = owner.send(
                        port, "POST", "/api/v1/streams", "{\"title\":\"Opening night\",\"category\":\"theatre\"}")
                .get("id")
                .textValue();
        Reader reader = new Reader(owner, stream);
        for (int i = 1; i < PARTICIPANTS; i++) {
            invite(port, reader, Account.register(port, "guest-" + i), "guest");
        }
        touch(port, reader);
        return reader;
    }

    private static void invite(int port, Reader reader, Account guest, String role) throws IOException {
        String path = "/api/v1/streams/" + reader.streamId() + "/participants/" + guest.userId();
        JsonNode invited = reader.account().send(port, "PUT", path, "{\"role\":\"" + role + "\"}");
        Benchmarks.progress("%s is %s", guest.userId(), invited.get("state").textValue());
    }

    /** Starts the stream and unmutes its owner; again, that changes nothing, and yet all is loaded anew. */
    private static void touch(int port, Reader reader) throws IOException {
        Account owner = reader.account();
        String stream = "/api/v1/streams/" + reader.streamId();
        JsonNode started = owner.send(port, "POST", stream + "/start", null);
        JsonNode unmuted = owner.send(port, "PATCH", stream + "/participants/" + owner.userId(), "{\"muted\":false}");
        Benchmarks.progress("Live: %s, muted: %s", started.get("live"), unmuted.get("muted"));
    }

    private static Contender contender(String name, Program program, int port, Reader reader) throws IOException {
        byte[] body = reader.account().get(port, reader.path());
        String headers = "Authorization: " + reader.account().authorization() + "\r\n";
        return new Contender(name, program, new HttpLoad(port, reader.path(), headers, body.length));
    }

    /** Writes what the program writes when the answer comes from its memory. */
    private Contender bare(Contender program, Reader reader) throws IOException {
        HttpResponse<byte[]> answer = reader.account().answer(program.load().port(), "GET", reader.path(), null);
        Path headers = Files.writeString(
                installation.file("headers"),
                answer.headers().map().entrySet().stream()
                        .filter(header -> !OWN_HEADERS.contains(header.getKey()))
                        .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                        .collect(Collectors.joining("\n")));
        Path body = Files.write(installation.file("body"), answer.body());
        int port = Installation.freePort();
        Program bare = Program.start(
                Build.bare(BareBytes.class, Integer.toString(port), headers.toString(), body.toString()),
                Map.of(),
                installation.file("bare-bytes.log"));
        Benchmarks.progress("%s is ready after %.0f ms", Build.BARE, bare.millisToOk(port, "/"));
        return contender(Build.BARE, bare, port, reader);
    }

    private static List<String[]> rows(
            List<Contender> cached, List<Contender> uncached, Map<String, Double> cold, Map<String, Double> warm) {
        return List.of(
                Contender.row(
                        "backstage from the cache, requests/s", "%,.0f", cached, Contender::perSecond, Build.BARE),
                Contender.row("– p99 of 32 at once, ms", "%.1f", cached, Contender::p99Millis, Build.BARE),
                Contender.row("– without the cache, requests/s", "%,.0f", uncached, Contender::perSecond, Build.BARE),
                Contender.row("– without the cache, p99, ms", "%.1f", uncached, Contender::p99Millis, Build.BARE),
                Table.row("– SQL statements of a cold read", cold, "%.0f", Double.NaN),
                Table.row("– SQL statements of a warm read", warm, "%.0f", Double.NaN));
    }
}
