package dev.stagedoor.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stands before a server on a port of its own, so that a test can take the server away and bring it back. */
public final class Forwarder implements AutoCloseable {

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile boolean hung;
    private volatile Duration delay = Duration.ZERO;

    /** Not listening yet. */
    public Forwarder(int target) {
        this.port = FreePort.next();
        this.target = target;
    }

    public int port() {
        return port;
    }

    /** Accepts connections and passes bytes on. */
    public void open() {
        try {
            hung = false;
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            daemon(this::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on takes bytes and passes none on, as a server does that is stopped but not dead. */
    public void hang() {
        hung = true;
    }

    /** From now on passes bytes on again; what it took meanwhile is lost. */
    public void resume() {
        hung = false;
    }

    /** From now on passes bytes on this much later. */
    public void delay(Duration time) {
        delay = time;
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException closed) {
            refuse();
        }
    }

    /** Where the server is away, the client is as well. */
    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(server);
            daemon(() -> copy(client, server));
            daemon(() -> copy(server, client));
        } catch (IOException refused) {
            client.close();
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                if (!hung) {
                    LockSupport.parkNanos(delay.toNanos());
                    output.write(buffer, 0, read);
                    output.flush();
                }
            }
        } catch (IOException closed) {
            sockets.remove(from);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        refuse();
    }

    /** Refuses connections and ends those that there are. */
    public void refuse() {
        try {
            if (listener != null) {
                listener.close();
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
