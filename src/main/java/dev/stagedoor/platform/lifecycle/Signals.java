package dev.stagedoor.platform.lifecycle;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import sun.misc.Signal;

/**
 * Ends the process on SIGTERM and SIGINT as on any other request to stop: with exit code 0 once everything is closed.
 *
 * <p>The JVM's own handling would report 143 or 130, which a supervisor takes for a crash.
 */
public final class Signals {

    private Signals() {}

    public static void stopOnTermination() {
        List.of("TERM", "INT").forEach(name -> Signal.handle(new Signal(name), signal -> Quarkus.asyncExit(0)));
    }
}
