package dev.stagedoor.realtime.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.Map;

/** Bounds what a compressed frame may become: the decoder that Vert.x installs takes a thousandfold of what was sent. */
final class Inflation {

    private Inflation() {}

    static void bound(ChannelPipeline pipeline) {
        ChannelHandlerContext unbounded = pipeline.context(WebSocketExtensionDecoder.class);
        if (unbounded != null) {
            pipeline.replace(unbounded.handler(), unbounded.name(), bounded());
        }
    }

    /** With context, which a client that does not use it does not notice. */
    private static WebSocketExtensionDecoder bounded() {
        return new PerMessageDeflateServerExtensionHandshaker(
                        6,
                        false,
                        PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE,
                        true,
                        true,
                        Messages.MAX_BYTES)
                .handshakeExtension(new WebSocketExtensionData("permessage-deflate", Map.of()))
                .newExtensionDecoder();
    }
}
