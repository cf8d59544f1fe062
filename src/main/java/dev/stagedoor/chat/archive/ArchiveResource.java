package dev.stagedoor.chat.archive;

import dev.stagedoor.account.api.Scopes;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The import of chat archives. */
@Cancellable(false)
@Path("/api/v1/admin/archives")
@Tag(name = "Admin")
class ArchiveResource {

    private final ArchiveImport archiveImport;

    ArchiveResource(ArchiveImport archiveImport) {
        this.archiveImport = archiveImport;
    }

    /** On a worker, so that the body is read as it comes instead of being gathered first. */
    @POST
    @Blocking
    @Consumes("text/tab-separated-values")
    @RolesAllowed(Scopes.ARCHIVES_WRITE)
    @Operation(
            operationId = "importArchive",
            summary = "Loads an archive of chat messages; loading it again changes nothing",
            description =
                    "Columns, without a header: room_id, room_uri, sent_at, from_userid, from_username, message_id,"
                            + " text. Fields with tabs, line breaks or quotes are quoted as in RFC 4180.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "text/tab-separated-values",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<ArchiveReport> importArchive(InputStream archive) {
        return archiveImport.load("upload", archive);
    }
}
