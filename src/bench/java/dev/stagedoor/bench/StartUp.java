package dev.stagedoor.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From the start of the process to its first answer (of {@code /health}) and to readiness (which asks the database), and
 * the memory that the process then holds. The database has its schema, as it has at every start but the first.
 */
final class StartUp {

    private static final int STARTS = 7;
    private static final long IDLE_MILLIS = 1_000;

    private final Installation installation;

    StartUp(Installation installation) {
        this.installation = installation;
    }

    /** Medians. */
    private record Start(double firstAnswerMillis, double readyMillis, double idleMegabytes, double privateMegabytes) {}

    List<String[]> measure(List<Build> builds) throws IOException {
        Map<String, Double> firstAnswer = new HashMap<>();
        Map<String, Double> ready = new HashMap<>();
        Map<String, Double> idle = new HashMap<>();
        Map<String, Double> idlePrivate = new HashMap<>();
        for (Build build : builds) {
            Benchmarks.progress("Starting %d times, %s", STARTS, build.name());
            Start start = median(build);
            firstAnswer.put(build.name(), start.firstAnswerMillis());
            ready.put(build.name(), start.readyMillis());
            idle.put(build.name(), start.idleMegabytes());
            idlePrivate.put(build.name(), start.privateMegabytes());
        }
        return List.of(
                Table.row("start to first answer, ms", firstAnswer, "%.0f", Double.NaN),
                Table.row("start to ready, ms", ready, "%.0f", Double.NaN),
                Table.row("memory after the start, MiB", idle, "%.0f", Double.NaN),
                Table.row("– without pages of the program's own files, MiB", idlePrivate, "%.0f", Double.NaN));
    }

    private Start median(Build build) throws IOException {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            starts.add(start(build));
        }
        return new Start(
                Table.median(starts.stream().map(Start::firstAnswerMillis).toList()),
                Table.median(starts.stream().map(Start::readyMillis).toList()),
                Table.median(starts.stream().map(Start::idleMegabytes).toList()),
                Table.median(starts.stream().map(Start::privateMegabytes).toList()));
    }

    private Start start(Build build) throws IOException {
        int port = Installation.freePort();
        Map<String, String> environment = installation.environment(MessagesPage.DATABASE, port);
        try (Program program = Program.start(build, environment, installation.file("start.log"))) {
            double firstAnswer = program.millisToOk(port, "/health");
            double ready = program.millisToOk(port, "/q/health/ready");
            Program.pause(IDLE_MILLIS);
            return new Start(firstAnswer, ready, program.residentMegabytes(), program.privateMegabytes());
        }
    }
}
