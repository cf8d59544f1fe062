package dev.stagedoor.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory that connections hold that are subscribed and silent: what the process has more of than before they came,
 * garbage of their coming included.
 */
final class IdleConnections {

    private static final int CONNECTIONS = 5_000;
    private static final int WARM_UP_CONNECTIONS = 100;
    private static final int CHANNELS = 100;
    private static final long SETTLING_MILLIS = 5_000;
    private static final double KIB_PER_MIB = 1024;

    private final Installation installation;

    IdleConnections(Installation installation) {
        this.installation = installation;
    }

    /** After {@link FanOut}, which makes the database. */
    List<String[]> measure(List<Build> builds) throws IOException {
        Map<String, Double> kibibytes = new HashMap<>();
        for (Build build : builds) {
            Benchmarks.progress("Connecting %d clients, %s", CONNECTIONS, build.name());
            kibibytes.put(build.name(), kibibytesEach(build));
        }
        return List.<String[]>of(Table.row("memory per idle connection, of 5,000, KiB", kibibytes, "%.1f", Double.NaN));
    }

    private double kibibytesEach(Build build) throws IOException {
        int port = Installation.freePort();
        Map<String, String> environment = installation.environment(FanOut.DATABASE, port);
        try (Program program = Program.start(build, environment, installation.file("idle.log"))) {
            program.millisToOk(port, "/q/health/ready");
            close(open(port, WARM_UP_CONNECTIONS));
            Program.pause(SETTLING_MILLIS);
            double before = program.residentMegabytes();
            List<ClientSocket> sockets = open(port, CONNECTIONS);
            Program.pause(SETTLING_MILLIS);
            double after = program.residentMegabytes();
            close(sockets);
            return (after - before) * KIB_PER_MIB / CONNECTIONS;
        }
    }

    private static List<ClientSocket> open(int port, int count) throws IOException {
        List<ClientSocket> sockets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sockets.add(ClientSocket.subscribed(port, "idle-" + i % CHANNELS));
        }
        return sockets;
    }

    private static void close(List<ClientSocket> sockets) throws IOException {
        for (ClientSocket socket : sockets) {
            socket.close();
        }
    }
}
