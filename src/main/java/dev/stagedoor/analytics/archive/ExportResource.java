package dev.stagedoor.analytics.archive;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.analytics.Reader;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.ingest.SampleView;
import dev.stagedoor.platform.http.AskedTime;
import dev.stagedoor.platform.http.TimeParameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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

/** The samples of a stream themselves, for its owner. */
@Cancellable
@Path("/api/v1/streams/{id}/samples")
@Tag(name = "Analytics")
class ExportResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";

    private final ExportService service;
    private final Caller caller;

    ExportResource(ExportService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(NDJSON)
    @RolesAllowed(Scopes.METRICS_READ)
    @Operation(
            operationId = "exportSamples",
            summary = "As its owner, the samples of a stream in order of time, one a line, as long as they are kept")
    public Multi<SampleView> samples(@RestPath UUID id, @BeanParam TimeParameters asked) {
        AskedTime time = asked.time();
        return RestMulti.fromUniResponse(
                admitted(id),
                admitted -> service.pages(id, time).onItem().<Sample>disjoint().map(SampleView::of));
    }

    @GET
    @Path("csv")
    @Produces(CSV)
    @RolesAllowed(Scopes.METRICS_READ)
    @Operation(operationId = "exportSamplesAsCsv", summary = "The same as CSV, with a header")
    @APIResponse(
            responseCode = "200",
            description = "A line for each sample",
            content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    public Multi<String> samplesAsCsv(@RestPath UUID id, @BeanParam TimeParameters asked) {
        AskedTime time = asked.time();
        return RestMulti.fromUniResponse(
                admitted(id),
                admitted -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item(CsvForm.HEADER),
                                service.pages(id, time).map(CsvForm::lines)));
    }

    private Uni<Boolean> admitted(UUID id) {
        return service.requireMayExport(id, Reader.of(caller)).replaceWith(true);
    }
}
