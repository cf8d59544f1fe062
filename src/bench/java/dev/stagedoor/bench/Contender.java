package dev.stagedoor.bench;

import dev.stagedoor.bench.Load.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A server under load, and what its rounds gave. */
record Contender(String name, Program program, Load load, List<Round> rounds, List<Double> cpuMicros) {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS = 5;

    Contender(String name, Program program, Load load) {
        this(name, program, load, new ArrayList<>(), new ArrayList<>());
    }

    /** Loads one after the other, in turns, so that whatever else the machine does hits all alike. */
    static void compete(String what, List<Contender> contenders) throws IOException {
        for (Contender contender : contenders) {
            Benchmarks.progress("Loading %s, %s: warming up", what, contender.name());
            contender.run(WARM_UP, false);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            Benchmarks.progress("Loading %s, round %d of %d", what, round, ROUNDS);
            for (Contender contender : contenders) {
                contender.run(ROUND, true);
            }
        }
    }

    private void run(Duration duration, boolean counts) throws IOException {
        Duration before = program.cpuTime();
        Round round = load.run(duration);
        if (counts) {
            rounds.add(round);
            cpuMicros.add(program.cpuTime().minus(before).toNanos() / 1e3 / round.requests());
        }
    }

    double perSecond() {
        return median(Round::perSecond);
    }

    double p99Millis() {
        return median(Round::p99Millis);
    }

    private double median(Function<Round, Double> figure) {
        return Table.median(rounds.stream().map(figure).toList());
    }

    /** A row of one figure of each. */
    static String[] row(String what, String format, List<Contender> contenders, Function<Contender, Double> figure) {
        Map<String, Double> figures = contenders.stream().collect(Collectors.toMap(Contender::name, figure));
        return Table.row(what, figures, format, Double.NaN);
    }

    /** A row of one figure of each, compared with the one of this name. */
    static String[] row(
            String what,
            String format,
            List<Contender> contenders,
            Function<Contender, Double> figure,
            String baseline) {
        Map<String, Double> figures = contenders.stream().collect(Collectors.toMap(Contender::name, figure));
        return Table.row(what, figures, format, figures.get(baseline));
    }
}
