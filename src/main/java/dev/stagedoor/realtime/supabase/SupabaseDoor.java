package dev.stagedoor.realtime.supabase;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.ProblemWriter;
import dev.stagedoor.platform.metrics.Routes;
import dev.stagedoor.realtime.socket.Sockets;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Takes the connections of clients of Supabase Realtime. */
@ApplicationScoped
class SupabaseDoor {

    static final String PATH = "/realtime/v1/websocket";

    private static final int BEFORE_CORS = SecurityHandlerPriorities.CORS + 1;

    private static final Map<String, Phrase.Version> VERSIONS =
            Map.of("1.0.0", Phrase.Version.V1, "2.0.0", Phrase.Version.V2);

    private final Sockets sockets;
    private final Joins joins;
    private final Ids ids;
    private final ProblemWriter problems;

    SupabaseDoor(Sockets sockets, Joins joins, Ids ids, ProblemWriter problems) {
        this.sockets = sockets;
        this.joins = joins;
        this.ids = ids;
        this.problems = problems;
    }

    void install(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_CORS);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (PATH.equals(request.path()) && Sockets.isUpgrade(request)) {
            Routes.set(PATH);
            accept(context);
        } else {
            context.next();
        }
    }

    private void accept(RoutingContext context) {
        HttpServerRequest request = context.request();
        // Clients of Phoenix say nothing of the first version.
        String asked = request.getParam("vsn", "1.0.0");
        Phrase.Version version = VERSIONS.get(asked);
        if (version == null) {
            problems.write(request, ApiException.invalid("vsn", "must be 1.0.0 or 2.0.0"));
            return;
        }
        String apiKey = request.getParam("apikey", "");
        sockets.accept(
                context,
                socket -> new SupabaseClient(socket, version, ids.next().toString(), apiKey, joins));
    }
}
