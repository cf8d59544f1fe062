package dev.stagedoor.chat.search;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.PlainText;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The search for messages. */
@Cancellable(false)
@Path("/api/v1/search/messages")
@Tag(name = "Messages")
class SearchResource {

    private final SearchService service;
    private final Caller caller;

    SearchResource(SearchService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "searchMessages",
            summary = "Finds messages in the caller's channels, newest first",
            description = "Messages that have all of: words, in any form or as a part of others; \"phrases\", letter by"
                    + " letter; from:username; in:channel, by its name or id; before: and after: a day or time;"
                    + " has:link. A '-' before any of these but times means messages that do not.")
    public Uni<RestResponse<Page<FoundMessageView>>> find(
            @RestQuery @NotNull @PlainText(max = 256) String q,
            @RestQuery String cursor,
            @RestQuery @DefaultValue("20") @Min(1) @Max(50) int limit) {
        return service.find(caller.userId(), q, cursor, limit).map(Cached::toResponse);
    }
}
