package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Spreads connections over nodes: an HAProxy, or where there is none an nginx, or where there is none an address in turn. */
public final class LoadBalancer implements AutoCloseable {

    private static final String HAPROXY = """
            defaults
                mode http
                timeout connect 1s
                timeout client 10m
                timeout server 10m
                timeout tunnel 10m
                option redispatch
                option httpchk GET /q/health/ready
                default-server check inter 200ms fall 1 rise 1
            frontend all
                bind 127.0.0.1:%d
                default_backend nodes
            backend nodes
                balance roundrobin
            %s
            """;

    private static final String NGINX = """
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
                map $http_upgrade $connection_upgrade {
                    default upgrade;
                    '' '';
                }
                upstream nodes {
            %4$s
                }
                server {
                    listen 127.0.0.1:%3$d;
                    location / {
                        proxy_pass http://nodes;
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $connection_upgrade;
                        proxy_connect_timeout 1s;
                        proxy_read_timeout 10m;
                    }
                }
            }
            """;

    private final List<Integer> ports;
    private final int port = FreePort.next();
    private final AtomicInteger next = new AtomicInteger();
    private final Optional<Process> process;

    /** Before nodes on these ports. */
    public LoadBalancer(List<Integer> ports) {
        this.ports = List.copyOf(ports);
        try {
            Path folder = Files.createTempDirectory(EmbeddedServices.folder(), "balancer-");
            process = start(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.ifPresent(started -> await().until(this::listens));
    }

    private Optional<Process> start(Path folder) throws IOException {
        Optional<String> haproxy = executable("haproxy");
        if (haproxy.isPresent()) {
            Path settings = Files.writeString(folder.resolve("haproxy.cfg"), HAPROXY.formatted(port, haproxyServers()));
            return run(folder, haproxy.get(), "-q", "-db", "-f", settings.toString());
        }
        Optional<String> nginx = executable("nginx");
        if (nginx.isPresent()) {
            String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
            Path settings = Files.writeString(
                    folder.resolve("nginx.conf"), NGINX.formatted(user, folder, port, nginxServers()));
            return run(folder, nginx.get(), "-p", folder.toString(), "-c", settings.toString());
        }
        return Optional.empty();
    }

    private static Optional<Process> run(Path folder, String... command) throws IOException {
        return Optional.of(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start());
    }

    private static Optional<String> executable(String name) {
        return Stream.of("/usr/sbin/", "/usr/local/sbin/", "/usr/bin/")
                .map(folder -> folder + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private String haproxyServers() {
        return IntStream.range(0, ports.size())
                .mapToObj(i -> "    server node" + i + " 127.0.0.1:" + ports.get(i))
                .collect(Collectors.joining("\n"));
    }

    private String nginxServers() {
        return ports.stream()
                .map(each -> "        server 127.0.0.1:" + each + " max_fails=1 fail_timeout=1s;")
                .collect(Collectors.joining("\n"));
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where to connect to now. */
    public String url() {
        int target = process.isPresent() ? port : ports.get(Math.floorMod(next.getAndIncrement(), ports.size()));
        return "http://127.0.0.1:" + target;
    }

    @Override
    public void close() {
        process.ifPresent(running -> {
            running.destroy();
            await().until(() -> !running.isAlive());
        });
    }
}
