package dev.stagedoor.realtime.socket;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Makes messages of the frames of one client. Vert.x would, too: but an empty first frame makes it fail, it drops what is
 * too long without a word, does not look at the size of what it has inflated, and takes text that is not UTF-8.
 */
final class Messages {

    /** Of a message, and of each of its frames before it is inflated. */
    static final int MAX_BYTES = 64 << 10;

    private final Socket socket;
    private final SocketMeters meters;
    private Buffer begun;
    private boolean isText;

    Messages(Socket socket, SocketMeters meters) {
        this.socket = socket;
        this.meters = meters;
    }

    /** The decoder has seen to it that only a message that is begun is continued, and none is begun within another. */
    void take(WebSocketFrame frame) {
        if (socket.isClosing() || !(frame.isText() || frame.isBinary() || frame.isContinuation())) {
            return;
        }
        if (!frame.isContinuation()) {
            begun = Buffer.buffer();
            isText = frame.isText();
        }
        Buffer part = frame.binaryData();
        if (begun.length() + part.length() > MAX_BYTES) {
            begun = null;
            socket.close(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "A message has at most 64 KiB");
            return;
        }
        begun.appendBuffer(part);
        if (frame.isFinal()) {
            Buffer whole = begun;
            begun = null;
            give(whole.getBytes());
        }
    }

    private void give(byte[] message) {
        if (!isText) {
            socket.handler().receivedBinary(Buffer.buffer(message));
            return;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
            meters.received(message.length);
            socket.handler().received(text);
        } catch (CharacterCodingException e) {
            socket.close(WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code(), "The text is not UTF-8");
        }
    }
}
