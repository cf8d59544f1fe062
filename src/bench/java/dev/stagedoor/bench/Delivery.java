package dev.stagedoor.bench;

import dev.stagedoor.bench.TriggerLatency.Latency;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How soon an event is with its subscribers: those of the node that is told it, and those of another. */
final class Delivery {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS = 5;

    private final Installation installation;
    private final Map<String, Double> p50 = new HashMap<>();
    private final Map<String, Double> p99 = new HashMap<>();
    private final Map<String, Double> p50Elsewhere = new HashMap<>();
    private final Map<String, Double> p99Elsewhere = new HashMap<>();

    Delivery(Installation installation) {
        this.installation = installation;
    }

    /** After {@link FanOut}, which makes the database. */
    List<String[]> measure(List<Build> builds) throws IOException {
        for (Build build : builds) {
            measure(build);
        }
        return List.of(
                Table.row("event to 100 subscribers of the same node, 100 events/s, p50, ms", p50, "%.1f", Double.NaN),
                Table.row("– the same, p99, ms", p99, "%.1f", Double.NaN),
                Table.row("– to those of another node, p50, ms", p50Elsewhere, "%.1f", Double.NaN),
                Table.row("– the same, p99, ms", p99Elsewhere, "%.1f", Double.NaN));
    }

    private void measure(Build build) throws IOException {
        int port = Installation.freePort();
        int otherPort = Installation.freePort();
        try (Program node = start(build, port);
                Program other = start(build, otherPort)) {
            node.millisToOk(port, "/q/health/ready");
            other.millisToOk(otherPort, "/q/health/ready");
            Latency here = measure("the same node", build, port, port);
            p50.put(build.name(), here.p50());
            p99.put(build.name(), here.p99());
            Latency elsewhere = measure("another node", build, port, otherPort);
            p50Elsewhere.put(build.name(), elsewhere.p50());
            p99Elsewhere.put(build.name(), elsewhere.p99());
        }
    }

    private Program start(Build build, int port) throws IOException {
        return Program.start(
                build, installation.environment(FanOut.DATABASE, port), installation.file("delivery-" + port + ".log"));
    }

    /** Medians of the rounds. */
    private static Latency measure(String where, Build build, int port, int subscribersAt) throws IOException {
        Benchmarks.progress("Triggering events for subscribers of %s, %s", where, build.name());
        List<Latency> rounds = new ArrayList<>();
        try (TriggerLatency load = new TriggerLatency(port, subscribersAt)) {
            load.run(WARM_UP);
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(load.run(ROUND));
            }
        }
        return new Latency(
                Table.median(rounds.stream().map(Latency::p50).toList()),
                Table.median(rounds.stream().map(Latency::p99).toList()));
    }
}
