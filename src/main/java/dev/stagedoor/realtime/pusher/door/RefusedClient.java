package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.realtime.pusher.PusherFrames;
import dev.stagedoor.realtime.pusher.door.PusherDoor.Refusal;
import dev.stagedoor.realtime.socket.Socket;
import dev.stagedoor.realtime.socket.SocketHandler;
import io.vertx.core.buffer.Buffer;

/** A client that is told why it is not taken, and closed. */
final class RefusedClient implements SocketHandler {

    private final int code;

    private RefusedClient(int code) {
        this.code = code;
    }

    static SocketHandler refuse(Socket socket, Refusal refusal) {
        socket.send(PusherFrames.error(refusal.code(), refusal.message()));
        socket.close(refusal.code(), refusal.message());
        return new RefusedClient(refusal.code());
    }

    @Override
    public void received(String text) {}

    @Override
    public void receivedBinary(Buffer bytes) {}

    @Override
    public void closed() {}

    @Override
    public void askWhetherAlive() {}

    @Override
    public int silentCode() {
        return code;
    }

    @Override
    public int drainCode() {
        return code;
    }
}
