package dev.stagedoor.chat.archive;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.chat.MessageView;
import dev.stagedoor.chat.archive.ExportQueries.Exported;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** All messages of a channel, for its members. */
@Cancellable
@Path("/api/v1/channels/{channelId}/export")
@Tag(name = "Messages")
class ExportResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final String TSV = "text/tab-separated-values";

    private final ExportService service;
    private final Caller caller;

    ExportResource(ExportService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(NDJSON)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "exportChannel", summary = "All messages of a channel in their order, one a line")
    public Multi<MessageView> messages(@RestPath UUID channelId) {
        return RestMulti.fromUniResponse(
                admitted(channelId),
                admitted ->
                        service.pages(channelId).onItem().<Exported>disjoint().map(Exported::message));
    }

    @GET
    @Path("tsv")
    @Produces(TSV)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "exportChannelAsTsv",
            summary = "The same as an archive, which can be imported",
            description = "An archive holds who said what and when; a deleted message has no text.")
    @APIResponse(
            responseCode = "200",
            description = "A record for each message",
            content = @Content(mediaType = TSV, schema = @Schema(type = SchemaType.STRING)))
    public Multi<String> messagesAsTsv(@RestPath UUID channelId) {
        return RestMulti.fromUniResponse(
                admitted(channelId), admitted -> service.pages(channelId).map(ExportResource::lines));
    }

    private Uni<Boolean> admitted(UUID channelId) {
        return service.requireMember(channelId, caller.userId());
    }

    private static String lines(List<Exported> page) {
        return ArchiveForm.lines(page.stream().map(Exported::line).toList());
    }
}
