package dev.stagedoor.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Servers that outlived the process that started them, known by the pid file in their data folder. */
final class Leftovers {

    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    private static final int STOP_TIMEOUT_SECONDS = 30;

    private Leftovers() {}

    /** Stops the process that the pid file names, if it is a server still running, and removes the file. */
    static void stop(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> leftover = firstLine(pidFile)
                .filter(line -> line.matches("[0-9]{1,10}"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(Leftovers::isServer);
        if (leftover.isPresent()) {
            LOG.infof(
                    "Stopping the server that a killed process left behind: pid %d",
                    leftover.get().pid());
            end(leftover.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::trim).findFirst();
    }

    /** A pid is soon given to another process; only one that is plainly ours is touched. */
    private static boolean isServer(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.contains("postgres") || command.contains("redis"))
                .isPresent();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
