package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs the benchmarks on this machine, side by side, and prints the table that the README quotes. */
public final class Benchmarks {

    private Benchmarks() {}

    /** What can be measured by itself: each makes the databases that it reads. */
    private enum Part {
        PAGES {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                // The imports also fill the database that the pages are read from.
                List<String[]> imports = new ArchiveImports(installation).measure(builds);
                List<String[]> pages = new MessagesPage(installation).measure(builds);
                List<String[]> rows = new ArrayList<>(new BackstagePage(installation).measure(builds));
                rows.addAll(pages);
                rows.addAll(new StartUp(installation).measure(builds));
                rows.addAll(imports);
                return rows;
            }
        },
        CACHE {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                return new CacheMix(installation).measure();
            }
        },
        CHAT {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                List<String[]> rows = new ArrayList<>(new ChatAtSize(installation).measure(builds));
                rows.addAll(new ChatSends(installation).measure(builds, ChatAtSize.DATABASE));
                return rows;
            }
        },
        REALTIME {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                List<String[]> rows = new ArrayList<>(new FanOut(installation).measure(builds));
                rows.addAll(new Delivery(installation).measure(builds));
                rows.addAll(new IdleConnections(installation).measure(builds));
                return rows;
            }
        },
        SAMPLES {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                List<String[]> rows = new ArrayList<>(new SampleIngest(installation).measure(builds));
                rows.addAll(new SamplePush(installation).measure(builds));
                rows.addAll(new StreamTimeline(installation).measure(builds));
                return rows;
            }
        },
        CREATORS {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                return new CreatorsPage(installation).measure(builds);
            }
        },
        POSTINGS {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                return new TokenPostings(installation).measure(builds);
            }
        },
        EVENTS {
            @Override
            List<String[]> measure(Installation installation, List<Build> builds) throws IOException {
                List<String[]> rows =
                        new ArrayList<>(new EventPage(installation, new GeneratedEvent(100, 30)).measure(builds));
                rows.addAll(new EventPage(installation, new GeneratedEvent(500, 15)).measure(builds));
                return rows;
            }
        };

        abstract List<String[]> measure(Installation installation, List<Build> builds) throws IOException;
    }

    /** @param arguments the names of parts, in lower case; none for all */
    public static void main(String[] arguments) throws IOException {
        List<Part> parts = arguments.length == 0
                ? List.of(Part.values())
                : Stream.of(arguments)
                        .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        Installation installation = Installation.start(Path.of("target", "bench"));
        // Also after a signal; children first, since they use the servers.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(installation), "end"));

        List<Build> builds = Build.all();
        Table table = new Table();
        for (Part part : parts) {
            table.addAll(part.measure(installation, builds));
        }

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
