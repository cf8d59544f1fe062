package dev.stagedoor.creator.session;

import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The ratings of a creator. */
@Cancellable(false)
@Path("/api/v1/creators/{id}/ratings")
@Tag(name = "Ratings")
class RatingListResource {

    private final RatingService service;

    RatingListResource(RatingService service) {
        this.service = service;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "listRatings",
            summary = "What was thought of a creator's sessions, those booked last first; for everyone")
    public Uni<Page<RatingView>> list(
            @RestPath UUID id, @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit, @RestQuery String cursor) {
        return service.list(id, cursor, limit);
    }
}
