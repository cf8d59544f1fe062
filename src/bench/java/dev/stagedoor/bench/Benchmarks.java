package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs all benchmarks on this machine, side by side, and prints the table that the README quotes. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException {
        Installation installation = Installation.start(Path.of("target", "bench"));
        // Also after a signal; children first, since they use the servers.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(installation), "end"));

        List<Build> builds = Build.all();
        Table table = new Table();
        // The imports also fill the database that the pages are read from.
        List<String[]> imports = new ArchiveImports(installation).measure(builds);
        List<String[]> pages = new MessagesPage(installation).measure(builds);
        List<String[]> backstage = new BackstagePage(installation).measure(builds);
        List<String[]> mixes = new CacheMix(installation).measure();
        List<String[]> fanOut = new FanOut(installation).measure(builds);
        List<String[]> delivery = new Delivery(installation).measure(builds);
        List<String[]> idle = new IdleConnections(installation).measure(builds);
        List<String[]> starts = new StartUp(installation).measure(builds);
        List<String[]> ingest = new SampleIngest(installation).measure(builds);
        List<String[]> pushes = new SamplePush(installation).measure(builds);
        List<String[]> timeline = new StreamTimeline(installation).measure(builds);
        table.addAll(backstage);
        table.addAll(mixes);
        table.addAll(pages);
        table.addAll(fanOut);
        table.addAll(delivery);
        table.addAll(idle);
        table.addAll(ingest);
        table.addAll(pushes);
        table.addAll(timeline);
        table.addAll(starts);
        table.addAll(imports);

        System.out.println(Machine.describe(installation));
        System.out.println();
        System.out.print(table.toMarkdown());
    }

    private static void end(Installation installation) {
        Program.endAll();
        installation.close();
    }

    /** Says what is going on; the table alone goes to standard output. */
    static void progress(String format, Object... arguments) {
        System.err.printf(format + "%n", arguments);
    }
}
