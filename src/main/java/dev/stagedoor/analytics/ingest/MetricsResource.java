package dev.stagedoor.analytics.ingest;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.analytics.ingest.SampleReader.Batch;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.Gunzip;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Takes samples of live streams. */
@Cancellable(false)
@Path("/api/v1/metrics/batch")
@Tag(name = "Analytics")
class MetricsResource {

    private static final String NDJSON = "application/x-ndjson";

    /** Larger bodies are read on a worker: the event loop has others to serve. */
    private static final int MAX_INLINE = 32 << 10;

    private final SampleReader reader;
    private final SampleService service;
    private final Gunzip gunzip;
    private final Workers workers;
    private final Caller caller;

    MetricsResource(SampleReader reader, SampleService service, Gunzip gunzip, Workers workers, Caller caller) {
        this.reader = reader;
        this.service = service;
        this.gunzip = gunzip;
        this.workers = workers;
        this.caller = caller;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @RolesAllowed(Scopes.METRICS_WRITE)
    @Operation(
            operationId = "ingestSamples",
            summary = "Stores up to 2,000 samples of the caller's streams; sending them again changes nothing",
            description =
                    "An array of JSON, or one object a line; up to 10 MB, packed with gzip or not. The answer comes"
                            + " once all that can be stored is committed.")
    @APIResponse(
            responseCode = "202",
            description = "All are stored",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = IngestSamplesResponse.class)))
    @APIResponse(
            responseCode = "207",
            description = "Some are stored, the others have a problem each",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = IngestSamplesResponse.class)))
    public Uni<RestResponse<IngestSamplesResponse>> ingest(
            @RestHeader("Content-Type") String mediaType,
            @RestHeader("Content-Encoding") String encoding,
            @RequestBody(
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = SampleView[].class)),
                                @Content(mediaType = NDJSON, schema = @Schema(implementation = SampleView.class))
                            })
                    byte[] body) {
        UUID ownerId = caller.scopes().contains(Scopes.METRICS_MANAGE) ? null : caller.userId();
        return read(mediaType, encoding, body == null ? new byte[0] : body)
                .chain(batch -> service.ingest(batch, ownerId))
                .map(MetricsResource::answer);
    }

    private Uni<Batch> read(String mediaType, String encoding, byte[] body) {
        return encoding == null && body.length <= MAX_INLINE
                ? Uni.createFrom().item(() -> parse(mediaType, body))
                : workers.run(() -> parse(mediaType, gunzip.decode(encoding, body)));
    }

    private Batch parse(String mediaType, byte[] body) {
        boolean isLines =
                mediaType != null && mediaType.toLowerCase(Locale.ROOT).startsWith(NDJSON);
        return isLines ? reader.readLines(body) : reader.readArray(body);
    }

    private static RestResponse<IngestSamplesResponse> answer(IngestSamplesResponse response) {
        return RestResponse.ResponseBuilder.<IngestSamplesResponse>create(response.isComplete() ? 202 : 207)
                .entity(response)
                .build();
    }
}
