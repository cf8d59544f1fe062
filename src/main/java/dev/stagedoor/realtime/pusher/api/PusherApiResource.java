package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherApps;
import dev.stagedoor.realtime.pusher.PusherConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP API of Pusher Channels; the app's secret signs every request. */
@Cancellable(false)
@Path("/apps/{appId}")
@Tag(name = "Pusher")
@PermitAll
class PusherApiResource {

    private static final int MAX_BATCH = 10;
    private static final int MAX_USER_ID = 200;
    private static final List<String> EVENT_PARAMETERS = List.of("name", "data", "channel", "socket_id", "info");

    private final PusherApps apps;
    private final PusherConfig config;
    private final PusherApiService service;
    private final Clock clock;

    PusherApiResource(PusherApps apps, PusherConfig config, PusherApiService service, Clock clock) {
        this.apps = apps;
        this.config = config;
        this.service = service;
        this.clock = clock;
    }

    @POST
    @Path("events")
    @Operation(operationId = "triggerEvent", summary = "Tells an event to channels")
    public Uni<Map<String, Object>> trigger(
            @RestPath String appId,
            @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
                    byte[] body,
            @Context HttpServerRequest http) {
        SignedRequest request = signed(http, body);
        PusherApp app = admit(appId, request);
        JsonObject event = request.body().length == 0 ? eventOfQuery(request) : PusherTexts.object(request.body());
        return service.publish(app, Trigger.of(event));
    }

    private static JsonObject eventOfQuery(SignedRequest request) {
        JsonObject event = new JsonObject();
        EVENT_PARAMETERS.forEach(name -> request.parameter(name).ifPresent(value -> event.put(name, value)));
        List<String> channels = request.values("channels[]");
        return channels.isEmpty() ? event : event.put("channels", new JsonArray(channels));
    }

    @POST
    @Path("batch_events")
    @Operation(operationId = "triggerEvents", summary = "Tells several events to a channel each")
    public Uni<Map<String, Object>> triggerBatch(
            @RestPath String appId,
            @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
                    byte[] body,
            @Context HttpServerRequest http) {
        SignedRequest request = signed(http, body);
        PusherApp app = admit(appId, request);
        return service.publish(app, batch(PusherTexts.object(request.body())));
    }

    private static List<Trigger> batch(JsonObject body) {
        if (!(body.getValue("batch") instanceof JsonArray batch) || batch.isEmpty() || batch.size() > MAX_BATCH) {
            throw ApiException.invalid("batch", "must be 1 to " + MAX_BATCH + " events");
        }
        return batch.stream().map(PusherApiResource::ofBatch).toList();
    }

    private static Trigger ofBatch(Object event) {
        if (!(event instanceof JsonObject json) || json.containsKey("channels")) {
            throw ApiException.invalid("batch", "must be events of one channel each");
        }
        return Trigger.of(json);
    }

    @GET
    @Path("channels")
    @Operation(operationId = "listPusherChannels", summary = "The channels that anyone listens to")
    public Uni<Map<String, Object>> channels(@RestPath String appId, @Context HttpServerRequest http) {
        SignedRequest request = signed(http, null);
        PusherApp app = admit(appId, request);
        String prefix = request.parameter("filter_by_prefix").orElse("");
        if (!PusherTexts.isStorable(prefix)) {
            throw ApiException.invalid("filter_by_prefix", "must be the beginning of a name");
        }
        return service.channels(app, prefix, infos(request));
    }

    @GET
    @Path("channels/{channel}")
    @Operation(operationId = "getPusherChannel", summary = "Whether anyone listens to a channel")
    public Uni<Map<String, Object>> channel(
            @RestPath String appId, @RestPath String channel, @Context HttpServerRequest http) {
        SignedRequest request = signed(http, null);
        PusherApp app = admit(appId, request);
        return service.channel(app, PusherTexts.channel(request.segment(1), "channel"), infos(request));
    }

    private static Set<ChannelInfo> infos(SignedRequest request) {
        return ChannelInfo.of(request.parameter("info").orElse(null));
    }

    @GET
    @Path("channels/{channel}/users")
    @Operation(operationId = "listPusherChannelUsers", summary = "Who is present in a presence channel")
    public Uni<Map<String, Object>> users(
            @RestPath String appId, @RestPath String channel, @Context HttpServerRequest http) {
        SignedRequest request = signed(http, null);
        PusherApp app = admit(appId, request);
        return service.users(app, PusherTexts.channel(request.segment(1), "channel"));
    }

    @POST
    @Path("users/{userId}/terminate_connections")
    @Operation(operationId = "terminatePusherUser", summary = "Closes the connections that a user is signed in to")
    public Map<String, Object> terminate(
            @RestPath String appId,
            @RestPath String userId,
            @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
                    byte[] body,
            @Context HttpServerRequest http) {
        SignedRequest request = signed(http, body);
        PusherApp app = admit(appId, request);
        String id = request.segment(1);
        if (id.length() > MAX_USER_ID || !PusherTexts.isStorable(id)) {
            throw ApiException.invalid("userId", "must be the id of a user");
        }
        service.terminate(app, id);
        return Map.of();
    }

    private SignedRequest signed(HttpServerRequest http, byte[] body) {
        return new SignedRequest(
                http.method().name(),
                http.path(),
                http.query(),
                config.pathPrefix().orElse(""),
                body);
    }

    private PusherApp admit(String appId, SignedRequest request) {
        PusherApp app = apps.byId(appId).orElseThrow(() -> ApiException.notFound("app"));
        request.requireSignature(app, clock.instant());
        if (!app.settings().enabled()) {
            throw ApiException.forbidden("The app is disabled");
        }
        return app;
    }
}
