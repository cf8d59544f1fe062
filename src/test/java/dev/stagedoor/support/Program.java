package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own: the jar, or the native executable. */
public final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Program(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Whether the program under test is the native executable. */
    public static boolean isNative() {
        return !path().toString().endsWith(".jar");
    }

    private static Path path() {
        return Path.of(System.getProperty("stagedoor.program", "target/quarkus-app/quarkus-run.jar"))
                .toAbsolutePath();
    }

    /** What a process needs to use the servers of the test run, as environment variables. */
    public static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        EmbeddedServices.settings()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        environment.put("DATABASE_URL", environment.remove("STAGEDOOR_DATABASE_URL"));
        environment.put("REDIS_URL", environment.remove("STAGEDOOR_REDIS_URL"));
        environment.put("STAGEDOOR_SHUTDOWN_DELAY", "1s");
        // These tests sign in as the admin again and again.
        environment.put("STAGEDOOR_AUTH_ATTEMPTS_PER_ACCOUNT", "100000");
        return environment;
    }

    /** Starts it on a free port, in a folder of its own. */
    public static Program start(Map<String, String> environment, String... arguments) {
        try {
            return start(Files.createTempDirectory(EmbeddedServices.folder(), "program-"), environment, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it on a free port, in this folder. */
    public static Program start(Path folder, Map<String, String> environment, String... arguments) {
        return start(folder, FreePort.next(), environment, arguments);
    }

    /** Starts it on this port, in a folder of its own. */
    public static Program startAt(int port, Map<String, String> environment) {
        try {
            return start(Files.createTempDirectory(EmbeddedServices.folder(), "program-"), port, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Program start(Path folder, int port, Map<String, String> environment, String... arguments) {
        try {
            Path output = Files.createTempFile(folder, "output-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.matches("DATABASE_.*|REDIS_URL|STAGEDOOR_.*|QUARKUS_.*"));
            builder.environment().putAll(environment);
            builder.environment().put("PORT", Integer.toString(port));
            return new Program(builder.start(), output, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (!isNative()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // A process of a few seconds has no use for more, and its start for less.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
        }
        command.add(path().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it on a free port, in a folder of its own, and waits until it is ready. */
    public static Program ready(Map<String, String> environment) {
        Program program = start(environment);
        program.awaitReady();
        return program;
    }

    /** Starts it on a free port, in this folder, and waits until it is ready. */
    public static Program ready(Path folder, Map<String, String> environment) {
        Program program = start(folder, environment);
        program.awaitReady();
        return program;
    }

    /** Runs it to its end. */
    public static Finished run(Map<String, String> environment, String... arguments) {
        try (Program program = start(environment, arguments)) {
            return new Finished(program.awaitExit(), program.output());
        }
    }

    /** How a process ended, and what it printed. */
    public record Finished(int exitCode, String output) {}

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The status of a GET, or 0 where nobody listens. */
    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build());
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void awaitReady() {
        awaitStatus("/q/health/ready", 200);
    }

    /** Waits until a GET has this status. */
    public void awaitStatus(String path, int status) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + output());
            }
            return status(path) == status;
        });
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        int unused = awaitExit();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, if it has not ended by itself. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
