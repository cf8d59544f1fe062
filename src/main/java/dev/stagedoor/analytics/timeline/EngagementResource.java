package dev.stagedoor.analytics.timeline;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
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

/** How much is said in a channel, for its members. */
@Cancellable(false)
@Path("/api/v1/channels/{id}/analytics")
@Tag(name = "Analytics")
class EngagementResource {

    private final EngagementService service;
    private final Caller caller;

    EngagementResource(EngagementService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "getChannelAnalytics",
            summary = "As a member, how much is said in a channel, in minutes, hours or days")
    public Uni<EngagementView> engagement(
            @RestPath UUID id,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time")) @RestQuery String from,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time")) @RestQuery String to,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"minute", "hour", "day"},
                                            defaultValue = "hour"))
                    @RestQuery
                    @DefaultValue("hour")
                    @Pattern(regexp = "minute|hour|day", message = "must be minute, hour or day")
                    String bucket,
            @Parameter(description = "IANA name of the zone whose days they are", example = "Europe/Lisbon")
                    @RestQuery
                    @DefaultValue("UTC")
                    String tz) {
        return service.engagement(id, Buckets.parse(bucket, tz, from, to), caller.userId());
    }
}
