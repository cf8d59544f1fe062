package dev.stagedoor.platform.lifecycle;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** A command of the executable that runs to an end, without a listener. */
public interface Command {

    /** The word on the command line. */
    String name();

    /** Emits the exit code: 0 for success, 1 for failure, 2 for wrong arguments. */
    Uni<Integer> run(List<String> arguments);
}
