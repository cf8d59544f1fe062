package dev.stagedoor.platform.http;

import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** The answer to a creating POST. */
public final class Created {

    private Created() {}

    /** 201 with the new resource and where it is; marked where it is the repeated answer to a repeated request. */
    public static <T> RestResponse<T> at(String path, T view, boolean replayed) {
        RestResponse.ResponseBuilder<T> response = RestResponse.ResponseBuilder.<T>create(201)
                .location(URI.create(path))
                .entity(view);
        return replayed ? response.header(Idempotent.REPLAYED, "true").build() : response.build();
    }
}
