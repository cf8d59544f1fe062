package dev.stagedoor.bench;

import dev.stagedoor.platform.embedded.EmbeddedServers;
import dev.stagedoor.platform.embedded.GeneratedSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** PostgreSQL and Redis for one run of the benchmarks, and the settings that make a program use them. */
final class Installation implements AutoCloseable {

    private static final Logger ROOT_LOG = Logger.getLogger("");

    private final Path folder;
    private final EmbeddedServers servers;

    private Installation(Path folder, EmbeddedServers servers) {
        this.folder = folder;
        this.servers = servers;
    }

    /** Starts both servers, with their data in a new folder below this one. */
    static Installation start(Path parent) throws IOException {
        ROOT_LOG.setLevel(Level.WARNING);
        Path folder = Files.createTempDirectory(Files.createDirectories(parent), "run-");
        return new Installation(folder, EmbeddedServers.start(folder));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The environment of a Stagedoor process. */
    Map<String, String> environment(String database, int port) {
        Map<String, String> environment = new HashMap<>();
        GeneratedSecrets.loadOrCreate(folder)
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        environment.put("DATABASE_URL", databaseUrl(database));
        environment.put("REDIS_URL", servers.redisUrl());
        environment.put("ADMIN_USERNAME", "admin");
        environment.put("ADMIN_PASSWORD", "a-password-for-benchmarks");
        environment.put("PUSHER_APP_ID", PusherApp.ID);
        environment.put("PUSHER_APP_KEY", PusherApp.KEY);
        environment.put("PUSHER_APP_SECRET", PusherApp.SECRET);
        environment.put("PORT", Integer.toString(port));
        // No balancer has to notice that the process ends.
        environment.put("STAGEDOOR_SHUTDOWN_DELAY", "0s");
        return environment;
    }

    String redisUrl() {
        return servers.redisUrl();
    }

    private String databaseUrl(String database) {
        return servers.databaseUrl().replace("/postgres?", "/" + database + "?");
    }

    /** Where the baseline finds the database: host, port and credentials as in {@link #environment}. */
    String bareDatabaseUrl(String database) {
        return databaseUrl(database).replaceFirst("\\?.*", "");
    }

    void createDatabase(String name) {
        execute("postgres", "CREATE DATABASE " + name);
    }

    /** Leaves the server with nothing to catch up on. */
    void settle(String database) {
        execute(database, "VACUUM ANALYZE");
        execute(database, "CHECKPOINT");
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A JDBC connection, for what is not measured and for {@code COPY}. */
    Connection connect(String database) throws SQLException {
        URI url = URI.create(databaseUrl(database));
        String address = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
        List<String> credentials = List.of(url.getUserInfo().split(":", 2));
        return DriverManager.getConnection(address, credentials.get(0), credentials.get(1));
    }

    String postgresVersion() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW server_version")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        servers.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Installation::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
