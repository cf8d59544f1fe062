package dev.stagedoor.realtime.socket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** What the HTTP server does for WebSockets, of which Quarkus offers no compression by itself. */
@ApplicationScoped
class SocketOptions implements HttpServerOptionsCustomizer {

    /** Quarkus sets it where no extension of its own has WebSockets; Vert.x reads it when it makes the first server. */
    private static final String DISABLED = "vertx.disableWebsockets";

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customize(options);
    }

    /** Without context on either side, an idle connection holds no compressor. */
    private static void customize(HttpServerOptions options) {
        System.setProperty(DISABLED, "false");
        options.setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(true)
                .setWebSocketAllowServerNoContext(true)
                .setWebSocketPreferredClientNoContext(true)
                .setMaxWebSocketFrameSize(Messages.MAX_BYTES)
                .setMaxWebSocketMessageSize(Messages.MAX_BYTES);
    }
}
