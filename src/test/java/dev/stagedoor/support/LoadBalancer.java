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

/** Spreads connections over nodes: an HAProxy, or where there is none, an address in turn. */
public final class LoadBalancer implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of("/usr/sbin/haproxy");

    private static final String SETTINGS = """
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
        if (!Files.isExecutable(EXECUTABLE)) {
            return Optional.empty();
        }
        Path settings = Files.writeString(folder.resolve("haproxy.cfg"), SETTINGS.formatted(port, servers()));
        return Optional.of(new ProcessBuilder(EXECUTABLE.toString(), "-q", "-db", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start());
    }

    private String servers() {
        return IntStream.range(0, ports.size())
                .mapToObj(i -> "    server node" + i + " 127.0.0.1:" + ports.get(i))
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
