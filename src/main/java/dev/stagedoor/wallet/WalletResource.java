package dev.stagedoor.wallet;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.TimeParameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's tokens. */
@Cancellable
@Path("/api/v1/wallet")
@Tag(name = "Wallet")
class WalletResource {

    private static final String CSV = "text/csv";

    private final WalletService service;
    private final StatementService statements;
    private final Caller caller;

    WalletResource(WalletService service, StatementService statements, Caller caller) {
        this.service = service;
        this.statements = statements;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Scopes.WALLET_READ)
    @Operation(operationId = "getWallet", summary = "How many tokens the caller has")
    public Uni<WalletView> get() {
        return service.wallet(caller.userId());
    }

    @GET
    @Path("entries")
    @RolesAllowed(Scopes.WALLET_READ)
    @Operation(operationId = "listEntries", summary = "What the caller got and gave, newest first")
    public Uni<Page<EntryView>> entries(
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit, @RestQuery String cursor) {
        return service.entries(caller.userId(), cursor, limit);
    }

    @GET
    @Path("entries/csv")
    @Produces(CSV)
    @RolesAllowed(Scopes.WALLET_READ)
    @Operation(
            operationId = "exportStatement",
            summary = "A statement of the caller's account as CSV, oldest first",
            description = "The first line is the opening balance, the last one the closing balance: the amounts of all"
                    + " lines between them are the difference.")
    @APIResponse(
            responseCode = "200",
            description = "A line for each entry, between two with the balances",
            content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    public Multi<String> statement(@BeanParam TimeParameters asked) {
        return statements.lines(caller.userId(), asked.time());
    }
}
