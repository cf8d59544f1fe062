package dev.stagedoor.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that the benchmarks start, measure and end. */
final class Program implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int STOP_TIMEOUT_SECONDS = 20;
    private static final int POLL_MILLIS = 1;
    private static final int PEAK_POLL_MILLIS = 20;
    private static final double KIB_PER_MIB = 1024;

    private final Process process;
    private final Path log;
    private final long startedNanos;

    private Program(Process process, Path log, long startedNanos) {
        this.process = process;
        this.log = log;
        this.startedNanos = startedNanos;
    }

    static Program start(Build build, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(build.command());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long startedNanos = System.nanoTime();
        Process process = builder.start();
        RUNNING.add(process);
        return new Program(process, log, startedNanos);
    }

    /** Milliseconds from the start of the process to the first 200 under this path. */
    double millisToOk(int port, String path) throws IOException {
        while (System.nanoTime() - startedNanos < START_TIMEOUT.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The process ended:\n" + Files.readString(log));
            }
            if (isOk(port, path)) {
                return millisSinceStart();
            }
            pause(POLL_MILLIS);
        }
        throw new IllegalStateException("The process did not answer:\n" + Files.readString(log));
    }

    private static boolean isOk(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (ConnectException e) {
            return false;
        }
    }

    private double millisSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e6;
    }

    /** What a program that ran to its end took. */
    record Run(double millis, double peakMegabytes) {}

    /** Waits for the end, which must be a good one. */
    Run awaitEnd() throws IOException {
        double peak = Double.NaN;
        while (process.isAlive()) {
            double now = peakMegabytes();
            peak = Double.isNaN(now) ? peak : now;
            pause(PEAK_POLL_MILLIS);
        }
        double millis = millisSinceStart();
        RUNNING.remove(process);
        if (process.exitValue() != 0) {
            throw new IllegalStateException("Exit code " + process.exitValue() + ":\n" + Files.readString(log));
        }
        return new Run(millis, peak);
    }

    /** MiB in memory now; NaN where the system does not tell (anything but Linux). */
    double residentMegabytes() {
        return memory("VmRSS:");
    }

    /** Of these, what no file stands behind: the system cannot take it back when memory is short. */
    double privateMegabytes() {
        return memory("RssAnon:");
    }

    private double peakMegabytes() {
        return memory("VmHWM:");
    }

    private double memory(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Processor time that the process has used so far. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end(process);
    }

    /** Ends whatever still runs. */
    static void endAll() {
        RUNNING.forEach(Program::end);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }
}
