package dev.stagedoor.platform.http;

import dev.stagedoor.platform.context.Ids;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** The id under which a request is logged and answered: the caller's {@code X-Request-Id} if usable, else a new one. */
@ApplicationScoped
class RequestIds {

    static final String HEADER = "X-Request-Id";

    /** Keeps log lines and headers free of whatever else a caller may send. */
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final Ids ids;

    RequestIds(Ids ids) {
        this.ids = ids;
    }

    /** The same id however often it is asked for during one request. */
    String of(HttpServerRequest request) {
        String assigned = request.response().headers().get(HEADER);
        if (assigned != null) {
            return assigned;
        }
        String sent = request.getHeader(HEADER);
        return sent != null && USABLE.matcher(sent).matches()
                ? sent
                : ids.next().toString();
    }
}
