package dev.stagedoor.platform.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import redis.embedded.RedisServer;

/**
 * PostgreSQL and Redis as child processes on free loopback ports, with their data in one folder.
 *
 * <p>A second start on the same folder finds the data again; servers that a killed process left behind are stopped first.
 */
public final class EmbeddedServers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedServers.class);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final RedisServer redis;

    private EmbeddedServers(EmbeddedPostgres postgres, RedisServer redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /** Starts both servers; the folder is made where it is absent. */
    public static EmbeddedServers start(Path folder) {
        try {
            return new EmbeddedServers(startPostgres(folder.resolve("postgres")), startRedis(folder.resolve("redis")));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded servers did not start in " + folder, e);
        }
    }

    private static EmbeddedPostgres startPostgres(Path data) throws IOException {
        Files.createDirectories(data.toAbsolutePath().getParent());
        Leftovers.stop(data.resolve("postmaster.pid"));
        Redirect log = Redirect.appendTo(data.resolveSibling("postgres.log").toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // The caller closes it, after what uses it.
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                // The library turns these off, as for throw-away tests.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(START_TIMEOUT)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .start();
    }

    private static RedisServer startRedis(Path data) throws IOException {
        Files.createDirectories(data);
        Path pidFile = data.toAbsolutePath().resolve("redis.pid");
        Leftovers.stop(pidFile);
        RedisServer server = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("dir " + data.toAbsolutePath())
                .setting("pidfile " + pidFile)
                .setting("maxmemory 256mb")
                .setting("maxmemory-policy allkeys-lru")
                .build();
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String databaseUrl() {
        return "postgres://postgres:postgres@127.0.0.1:" + postgres.getPort() + "/postgres?sslmode=disable";
    }

    public String redisUrl() {
        return "redis://127.0.0.1:" + redis.ports().get(0);
    }

    /** The settings that make the service use these servers. */
    public Map<String, String> settings() {
        return Map.of("stagedoor.database.url", databaseUrl(), "stagedoor.redis.url", redisUrl());
    }

    @Override
    public void close() {
        try {
            redis.stop();
        } catch (IOException e) {
            LOG.warnf("Redis did not stop: %s", e.getMessage());
        }
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.warnf("PostgreSQL did not stop: %s", e.getMessage());
        }
    }
}
