package dev.stagedoor.platform.graphql;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Takes the doors away that the extension brings along: over HTTP, which knows neither our limits nor our problems, and
 * over WebSockets. {@link GraphqlResource} is the only one.
 */
@ApplicationScoped
class ExtensionRoutes {

    private static final String PATH = "/graphql";

    void remove(@Observes Router router) {
        List<Route> doors = router.getRoutes().stream()
                .filter(route -> route.getPath() != null && route.getPath().startsWith(PATH))
                .toList();
        if (doors.isEmpty()) {
            throw new IllegalStateException("The extension has its routes elsewhere: they would remain open");
        }
        doors.forEach(Route::remove);
    }
}
