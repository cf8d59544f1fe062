package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** An nginx that caches what a server lets it. */
public final class Nginx implements AutoCloseable {

    /** Says whether an answer came from the cache: HIT, MISS … */
    public static final String STATUS = "X-Shared-Cache";

    private static final String CONFIGURATION = """
            daemon off;
            %1$s
            pid %2$s/nginx.pid;
            error_log %2$s/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path %2$s/body;
                proxy_temp_path %2$s/proxy;
                fastcgi_temp_path %2$s/fastcgi;
                uwsgi_temp_path %2$s/uwsgi;
                scgi_temp_path %2$s/scgi;
                proxy_cache_path %2$s/cache keys_zone=shared:1m;
                server {
                    listen 127.0.0.1:%3$d;
                    location / {
                        proxy_pass http://127.0.0.1:%4$d;
                        proxy_cache shared;
                        add_header X-Shared-Cache $upstream_cache_status always;
                    }
                }
            }
            """;

    private final int port = FreePort.next();
    private final Process process;

    /** In front of a server on this port. */
    public Nginx(int target) {
        try {
            Path folder = Files.createTempDirectory(EmbeddedServices.folder(), "nginx-");
            String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
            Path configuration = Files.writeString(
                    folder.resolve("nginx.conf"), CONFIGURATION.formatted(user, folder, port, target));
            process = new ProcessBuilder(
                            executable().orElseThrow(), "-p", folder.toString(), "-c", configuration.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public static boolean isInstalled() {
        return executable().isPresent();
    }

    private static Optional<String> executable() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        await().until(() -> !process.isAlive());
    }
}
