package dev.stagedoor;

import dev.stagedoor.platform.embedded.EmbeddedServers;
import dev.stagedoor.platform.embedded.GeneratedSecrets;
import dev.stagedoor.platform.lifecycle.Signals;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.graalvm.nativeimage.ImageInfo;

/** The executable: {@code serve} (the default), {@code migrate}, {@code import-archive FILE…}. */
@QuarkusMain
public final class Main {

    static final String SERVE = "serve";

    private static final Set<String> COMMANDS = Set.of(SERVE, "migrate", "import-archive");

    private static final int WRONG_USAGE = 2;

    private static final String USAGE = """
            usage: stagedoor [serve]                  serve the API (the default)
                   stagedoor migrate                  apply the database migrations and end
                   stagedoor import-archive FILE...   load chat archives (tab-separated) and end
            """;

    private Main() {}

    public static void main(String... arguments) {
        // As Quarkus.run does, which is too late: the embedded servers log before it.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        String command = arguments.length == 0 ? SERVE : arguments[0];
        if (!COMMANDS.contains(command)) {
            System.err.print(USAGE);
            System.exit(WRONG_USAGE);
        }
        Signals.stopOnTermination();
        provideServers();
        if (!command.equals(SERVE)) {
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.scheduler.enabled", "false");
            System.setProperty("stagedoor.startup.tasks", "false");
        }
        Quarkus.run(Application.class, arguments);
    }

    private static void provideServers() {
        Optional<String> database = setting("stagedoor.database.url", "DATABASE_URL");
        Optional<String> redis = setting("stagedoor.redis.url", "REDIS_URL");
        if (database.isPresent() && redis.isPresent()) {
            refuseDemo();
            return;
        }
        if (database.isPresent() || redis.isPresent()) {
            fail("DATABASE_URL and REDIS_URL are set both or neither; " + (database.isPresent() ? "REDIS" : "DATABASE")
                    + "_URL is missing");
        }
        if (ImageInfo.inImageCode()) {
            fail("the native executable has no servers of its own: set DATABASE_URL and REDIS_URL");
        } else {
            embed();
        }
    }

    /** The demo's admin has a password that everyone knows. */
    private static void refuseDemo() {
        if (isDemo()) {
            fail("the demo runs on embedded servers alone: unset DATABASE_URL and REDIS_URL");
        }
    }

    private static boolean isDemo() {
        return setting("quarkus.profile", "QUARKUS_PROFILE")
                .filter("demo"::equals)
                .isPresent();
    }

    /** Maven ends without a word to the program that it runs. */
    private static void stopWithParent() {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        var unused = parent.onExit().thenRun(() -> Quarkus.asyncExit(0));
    }

    private static void embed() {
        if (isDemo()) {
            stopWithParent();
        }
        Path folder = Path.of(setting("stagedoor.embedded.folder", "STAGEDOOR_EMBEDDED_FOLDER")
                .orElse(".stagedoor"));
        EmbeddedServers servers = EmbeddedServers.start(folder);
        servers.settings().forEach(System::setProperty);
        // Who has no servers of their own reads the log themselves.
        setUnlessSet("quarkus.log.console.json.enabled", "false");
        GeneratedSecrets.loadOrCreate(folder).forEach(Main::setUnlessSet);
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "embedded-servers"));
    }

    private static void setUnlessSet(String property, String value) {
        String variable = property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        if (setting(property, variable).isEmpty()) {
            System.setProperty(property, value);
        }
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    private static void fail(String reason) {
        System.err.println("stagedoor: " + reason);
        System.exit(WRONG_USAGE);
    }
}
