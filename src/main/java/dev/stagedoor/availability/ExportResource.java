package dev.stagedoor.availability;

import dev.stagedoor.account.api.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Group events for other programs. */
@Cancellable
@Path("/api/v1/events/{token}")
@Tag(name = "Availability")
@PermitAll
class ExportResource {

    private static final String CALENDAR = "text/calendar;charset=utf-8";
    private static final String CSV = "text/csv;charset=utf-8";

    private final ExportService service;
    private final Viewers viewers;
    private final Limits limits;

    ExportResource(ExportService service, Viewers viewers, Limits limits) {
        this.service = service;
        this.viewers = viewers;
        this.limits = limits;
    }

    @GET
    @Path("calendar.ics")
    @Produces(CALENDAR)
    @Operation(
            operationId = "exportEventCalendar",
            summary = "When an event will be, for calendars; weekdays of any week repeat")
    public Uni<RestResponse<String>> calendar(@RestPath String token, HttpServerRequest http) {
        return service.calendar(token)
                .plug(limits.missesOf(Viewers.address(http)))
                .map(file -> file(file, "event.ics"));
    }

    @GET
    @Path("answers.csv")
    @Produces(CSV)
    @Operation(
            operationId = "exportEventAnswersAsCsv",
            summary = "What was answered for each slot, for spreadsheets",
            description = "What spreadsheets would take for a formula begins with an apostrophe.")
    public Uni<RestResponse<String>> csv(
            @RestPath String token,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, organizerKey, Scopes.EVENTS_READ)
                .chain(viewer -> service.csv(token, viewer))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(file -> file(file, "answers.csv"));
    }

    /** A name of ours: no text of users is in a header. Keys that caches know nothing of decide what is in it. */
    private static RestResponse<String> file(String content, String name) {
        return RestResponse.ResponseBuilder.ok(content)
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    @GET
    @Path("answers")
    @Operation(operationId = "exportEventAnswers", summary = "An event with all that was answered")
    public Uni<EventExportView> answers(
            @RestPath String token,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, organizerKey, Scopes.EVENTS_READ)
                .chain(viewer -> service.answers(token, viewer))
                .plug(limits.missesOf(Viewers.address(http)));
    }
}
