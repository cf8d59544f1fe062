package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Messages of one publisher to 2,000 subscribers, compared with {@link BareSockets}, which sends the same bytes. Ours are
 * committed to PostgreSQL first, and go to Redis for other nodes.
 */
final class FanOut {

    static final String DATABASE = "realtime";

    private static final int SUBSCRIBERS = 2_000;
    private static final String EVENT = "message.created";
    private static final String DATA = "a".repeat(200);

    private final Installation installation;

    FanOut(Installation installation) {
        this.installation = installation;
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        installation.createDatabase(DATABASE);
        List<Contender> contenders = new ArrayList<>();
        List<FanOutLoad> loads = new ArrayList<>();
        try {
            for (Build build : builds) {
                contenders.add(ours(build, loads));
            }
            contenders.add(bare(loads));
            Contender.compete("one publisher and its subscribers", contenders);
            return rows(contenders);
        } finally {
            for (FanOutLoad load : loads) {
                load.close();
            }
            contenders.forEach(contender -> contender.program().close());
        }
    }

    /** Of its own for each contender, of the same length: those that share a database are nodes of one installation. */
    private static String channel(String contender) {
        return "fan-out-" + contender.charAt(0);
    }

    /** What a subscriber gets. */
    private static String message(String channel) {
        return "{\"event\":\"" + EVENT + "\",\"channel\":\"" + channel + "\",\"data\":\"" + DATA + "\"}";
    }

    private Contender ours(Build build, List<FanOutLoad> loads) throws IOException {
        int port = Installation.freePort();
        Program program = Program.start(
                build, installation.environment(DATABASE, port), installation.file(build.name() + ".log"));
        program.millisToOk(port, "/q/health/ready");
        String channel = channel(build.name());
        FanOutLoad load = new FanOutLoad(
                port, () -> PusherApp.trigger(channel, EVENT, DATA), ClientSocket.frameBytes(message(channel)));
        loads.add(load);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            load.add(ClientSocket.subscribed(port, channel));
        }
        return new Contender(build.name(), program, load);
    }

    private Contender bare(List<FanOutLoad> loads) throws IOException {
        int port = Installation.freePort();
        Program program = Program.start(
                Build.bare(BareSockets.class, Integer.toString(port)), Map.of(), installation.file("bare-sockets.log"));
        program.millisToOk(port, "/");
        String message = message(channel(Build.BARE));
        byte[] request = HttpPublishers.post("/", message.getBytes(StandardCharsets.UTF_8));
        FanOutLoad load = new FanOutLoad(port, () -> request, ClientSocket.frameBytes(message));
        loads.add(load);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            load.add(ClientSocket.open(port, "/"));
        }
        return new Contender(Build.BARE, program, load);
    }

    private static List<String[]> rows(List<Contender> contenders) {
        return List.of(
                Contender.row(
                        "one publisher, 2,000 subscribers, deliveries/s",
                        "%,.0f",
                        contenders,
                        Contender::perSecond,
                        Build.BARE),
                Contender.row(
                        "– processor time of the server per delivery, µs",
                        "%.2f",
                        contenders,
                        c -> Table.median(c.cpuMicros()),
                        Build.BARE));
    }
}
