package dev.stagedoor.realtime.socket;

import io.vertx.core.buffer.Buffer;

/** One client's side of a door. Called on the socket's context only. */
public interface SocketHandler {

    /** A text message came. */
    void received(String text);

    /** A binary message came. */
    void receivedBinary(Buffer bytes);

    /** The socket is closed, by whomever; nothing can be sent any more. */
    void closed();

    /** Asks the client whether it is there. It answers with anything at all. */
    void askWhetherAlive();

    /** What to close with when the client has not answered. */
    int silentCode();

    /** What to close with when this process stops. */
    int drainCode();
}
