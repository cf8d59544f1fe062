package dev.stagedoor.realtime.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * A text frame of a server (RFC 6455, 5.2) as it goes over the wire: one for all who get it, and, where it pays, compressed
 * once for all who take that (RFC 7692, without context, which no receiver minds).
 */
public final class Frame {

    /** Below, compressing costs more than it saves. */
    static final int COMPRESSED_FROM = 1024;

    private static final int TEXT = 0x81;
    private static final int TEXT_COMPRESSED = 0xC1;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;

    /** Each compressed block ends with these, which are not sent (RFC 7692, 7.2.1). */
    private static final int TAIL = 4;

    private final byte[] payload;
    private final ByteBuf plain;
    private ByteBuf compressed;

    private Frame(byte[] payload) {
        this.payload = payload;
        this.plain = frame(TEXT, payload, payload.length);
    }

    public static Frame text(String text) {
        return new Frame(text.getBytes(StandardCharsets.UTF_8));
    }

    /** In bytes. */
    public int size() {
        return payload.length;
    }

    /** A view of the bytes that can be written once. */
    ByteBuf bytes(boolean takesCompressed) {
        return takesCompressed && payload.length >= COMPRESSED_FROM
                ? compressed().duplicate()
                : plain.duplicate();
    }

    private synchronized ByteBuf compressed() {
        if (compressed == null) {
            compressed = compress();
        }
        return compressed;
    }

    private ByteBuf compress() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(payload);
            byte[] output = new byte[payload.length];
            int length = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
            return length == output.length ? plain : frame(TEXT_COMPRESSED, output, length - TAIL);
        } finally {
            deflater.end();
        }
    }

    private static ByteBuf frame(int firstByte, byte[] content, int length) {
        ByteBuf frame = Unpooled.buffer(length + 10);
        frame.writeByte(firstByte);
        if (length < SHORT_LENGTH) {
            frame.writeByte(length);
        } else if (length < 1 << 16) {
            frame.writeByte(SHORT_LENGTH).writeShort(length);
        } else {
            frame.writeByte(LONG_LENGTH).writeLong(length);
        }
        return Unpooled.unreleasableBuffer(frame.writeBytes(content, 0, length).asReadOnly());
    }
}
