package dev.stagedoor.platform.http;

import java.util.Collection;
import org.jboss.resteasy.reactive.RestResponse;

/** Tells clients which of their queries a write has made stale, by the keys under which they keep them. */
public final class Invalidates {

    static final String HEADER = "X-Invalidates";

    private Invalidates() {}

    /** The same answer, naming these query keys. */
    public static <T> RestResponse<T> keys(RestResponse<T> answer, Collection<String> keys) {
        return RestResponse.ResponseBuilder.fromResponse(answer)
                .header(HEADER, String.join(", ", keys))
                .build();
    }
}
