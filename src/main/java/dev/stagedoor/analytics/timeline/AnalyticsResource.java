package dev.stagedoor.analytics.timeline;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.analytics.Reader;
import dev.stagedoor.analytics.timeline.TimelineService.Question;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** How a stream was watched, for its owner. */
@Cancellable(false)
@Path("/api/v1/streams/{id}/analytics")
@Tag(name = "Analytics")
class AnalyticsResource {

    private final TimelineService service;
    private final Caller caller;

    AnalyticsResource(TimelineService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.METRICS_READ)
    @Operation(
            operationId = "getStreamAnalytics",
            summary = "As its owner, the timeline of a stream, in minutes, hours or days",
            description =
                    "Up to 10,080 buckets: those that the time from from to to touches. A number of viewers holds until"
                            + " the next sample, for five minutes at most.")
    public Uni<TimelineView> timeline(
            @RestPath UUID id,
            @BeanParam @Valid BucketParameters asked,
            @Parameter(schema = @Schema(type = SchemaType.STRING, enumeration = "previous"))
                    @RestQuery
                    @Pattern(regexp = "previous", message = "must be previous")
                    String compare) {
        Question question = new Question(id, asked.buckets(), compare != null);
        return service.timeline(question, Reader.of(caller));
    }
}
