package dev.stagedoor.chat.moderation;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.chat.ChatWrite;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What members tell owners and moderators of messages. */
@Cancellable(false)
@Path("/api/v1/channels/{channelId}")
@Tag(name = "Moderation")
class ReportResource {

    private final ReportService service;
    private final Caller caller;

    ReportResource(ReportService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @Path("messages/{seq}/reports")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(
            operationId = "reportMessage",
            summary = "Reports a message to owners and moderators; doing so again changes nothing")
    public Uni<ReportView> report(
            @RestPath UUID channelId, @RestPath @Min(1) long seq, @NotNull @Valid ReportRequest request) {
        return service.report(channelId, seq, caller.userId(), request);
    }

    @GET
    @Path("reports")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "listReports", summary = "Reports of messages, oldest first")
    public Uni<Page<ReportView>> reports(
            @RestPath UUID channelId,
            @RestQuery @DefaultValue("open") String status,
            @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit) {
        return service.reports(channelId, caller.userId(), ReportStatus.asked(status), cursor, limit);
    }

    @PUT
    @Path("reports/{reportId}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(
            operationId = "resolveReport",
            summary = "Dismisses or upholds a report; what follows from it is done apart")
    public Uni<ReportView> resolve(
            @RestPath UUID channelId, @RestPath UUID reportId, @NotNull @Valid ResolveReportRequest request) {
        return service.resolve(channelId, caller.userId(), reportId, request.status());
    }
}
