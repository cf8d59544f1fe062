package dev.stagedoor.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One way to run something: a name for the log and the command line. */
record Build(String name, List<String> command) {

    static final String NATIVE = "native";
    static final String JVM = "jvm";
    static final String BARE = "bare";

    private static final Pattern NEEDED_BY_BARE = Pattern.compile(
            "bench.classes|vertx-(core|sql-client|pg-client)-|io\\.netty\\.|jackson-core-|com\\.ongres\\.");

    private static final Path TARGET = Path.of("target");

    /** The packaged program: the jar, and before it the native executable where there is one. */
    static List<Build> all() throws IOException {
        List<Build> builds = new ArrayList<>();
        try (DirectoryStream<Path> executables = Files.newDirectoryStream(TARGET, "*-runner")) {
            executables.forEach(executable -> builds.add(
                    new Build(NATIVE, List.of(executable.toAbsolutePath().toString()))));
        }
        String jar = TARGET.resolve("quarkus-app/quarkus-run.jar").toString();
        builds.add(new Build(JVM, List.of(java(), "-jar", jar)));
        return builds;
    }

    /** A baseline on a JVM with nothing on its class path but what it needs. */
    static Build bare(Class<?> main, String... arguments) {
        String needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> NEEDED_BY_BARE.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        return new Build(BARE, List.of(java(), "-cp", needed, main.getName())).with(arguments);
    }

    /** The same JVM as this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Build with(String... arguments) {
        List<String> extended = new ArrayList<>(command);
        extended.addAll(List.of(arguments));
        return new Build(name, extended);
    }
}
