package dev.stagedoor;

import dev.stagedoor.platform.lifecycle.Command;
import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.Arrays;
import java.util.List;

/** What runs once the container is up: the listener until it is told to stop, or one command to its end. */
class Application implements QuarkusApplication {

    private final List<Command> commands;

    Application(@All List<Command> commands) {
        this.commands = commands;
    }

    @Override
    public int run(String... arguments) {
        if (arguments.length == 0 || arguments[0].equals(Main.SERVE)) {
            Quarkus.waitForExit();
            return 0;
        }
        Command command = commands.stream()
                .filter(candidate -> candidate.name().equals(arguments[0]))
                .findFirst()
                .orElseThrow();
        return command.run(Arrays.asList(arguments).subList(1, arguments.length))
                .await()
                .indefinitely();
    }
}
