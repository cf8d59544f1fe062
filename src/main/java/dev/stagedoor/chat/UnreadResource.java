package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What the caller has not read, anywhere. */
@Cancellable(false)
@Path("/api/v1/unread")
@Tag(name = "Channels")
class UnreadResource {

    private final ReadMarkerService service;
    private final Caller caller;

    UnreadResource(ReadMarkerService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "getUnread", summary = "How much the caller has not read, over all channels")
    public Uni<UnreadView> get() {
        return service.unread(caller.userId());
    }
}
