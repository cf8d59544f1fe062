package dev.stagedoor.realtime.sse;

import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.ProblemWriter;
import dev.stagedoor.platform.metrics.Routes;
import dev.stagedoor.realtime.Connections;
import dev.stagedoor.realtime.Hub;
import dev.stagedoor.realtime.Position;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.Listeners;
import dev.stagedoor.realtime.access.TopicAccess;
import io.netty.channel.Channel;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Streams of Server-Sent Events (HTML, 9.2). A client that comes again with the id of the last event that it got is given
 * what it missed, or is told in a {@code reset} that this is not kept any more.
 */
@ApplicationScoped
class SseDoor {

    private static final Logger LOG = Logger.getLogger(SseDoor.class);

    static final String PATH = "/api/v1/sse";

    /** Well below what proxies wait for a byte, and this server's own limit of idle connections. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Clock clock;
    private final Hub hub;
    private final Listeners listeners;
    private final TopicAccess access;
    private final Connections connections;
    private final ProblemWriter problems;
    private final SseMeters meters;
    private final Set<SseStream> open = ConcurrentHashMap.newKeySet();

    SseDoor(
            Vertx vertx,
            Clock clock,
            Hub hub,
            Listeners listeners,
            TopicAccess access,
            Connections connections,
            ProblemWriter problems,
            SseMeters meters) {
        this.vertx = vertx;
        this.clock = clock;
        this.hub = hub;
        this.listeners = listeners;
        this.access = access;
        this.connections = connections;
        this.problems = problems;
        this.meters = meters;
    }

    void install(@Observes Router router) {
        router.route(PATH).handler(this::handle);
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(HEARTBEAT.toMillis(), tick -> beat());
    }

    void beat() {
        Instant now = clock.instant();
        open.forEach(stream -> stream.context().runOnContext(ignored -> stream.heartbeat(now)));
    }

    /**
     * What a client asks for.
     *
     * @param lastEventId null where it was not here before
     */
    private record Question(List<String> channels, String lastEventId) {

        static Question of(RoutingContext context) {
            HttpServerRequest request = context.request();
            if (!request.method().equals(HttpMethod.GET)) {
                throw new ApiException(405, "method-not-allowed", "The resource does not have this method")
                        .with("Allow", "GET");
            }
            // What a browser sends by itself is newer than what was in the address from the beginning.
            String header = request.getHeader("Last-Event-ID");
            String id = header == null ? request.getParam("lastEventId") : header;
            return new Question(
                    ChannelNames.parse(context.queryParam("channels")), id == null || id.isBlank() ? null : id);
        }

        /** In the order of the channels; empty where nobody knows any. */
        List<Position> positions() {
            return lastEventId == null
                    ? List.of()
                    : Bookmark.parse(channels, lastEventId).orElse(List.of());
        }
    }

    private void handle(RoutingContext context) {
        Routes.set(PATH);
        Context loop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        SseStream stream = new SseStream(loop, context.response(), () -> cutOff(context.request()), meters);
        Uni.createFrom()
                .item(() -> question(context))
                .invoke(() -> register(stream, context))
                .call(question -> listener(context)
                        .emitOn(task -> loop.runOnContext(ignored -> task.run()))
                        .invoke(stream::identify)
                        .chain(listener -> connect(listener, question, stream)))
                .subscribe()
                .with(
                        question ->
                                stream.begin(question.channels(), question.lastEventId() != null, question.positions()),
                        failure -> refuse(context, stream, failure));
    }

    /** A connection of HTTP/1.1 is closed past Vert.x, which would first write what nobody reads. */
    @SuppressWarnings("FutureReturnValueIgnored") // It shows by the response's end.
    private static void cutOff(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else if (channel.isActive()) {
            channel.pipeline().firstContext().close();
        }
    }

    private Question question(RoutingContext context) {
        Question question = Question.of(context);
        connections.requireRoom();
        return question;
    }

    private void register(SseStream stream, RoutingContext context) {
        Connections.Registration registration =
                connections.register(() -> stream.context().runOnContext(ignored -> stream.end()));
        open.add(stream);
        meters.opened();
        context.addEndHandler(ended -> {
            registration.end();
            open.remove(stream);
            meters.closed();
            stream.context().runOnContext(ignored -> stream.close());
        });
    }

    /** Asks again whether it may listen once it does: a revocation that came between is not missed. */
    private Uni<Void> connect(Listener listener, Question question, SseStream stream) {
        return admit(listener, question.channels())
                .chain(() -> subscribe(question, stream))
                .chain(() -> admit(listener, question.channels()))
                .emitOn(task -> stream.context().runOnContext(ignored -> task.run()));
    }

    private Uni<Void> admit(Listener listener, List<String> channels) {
        return EventLoops.onOwnContext(
                vertx,
                () -> Multi.createFrom()
                        .iterable(channels)
                        .onItem()
                        .transformToUniAndConcatenate(channel -> admit(listener, channel))
                        .onItem()
                        .ignoreAsUni());
    }

    /** A browser's EventSource sends no headers of ours. */
    private Uni<Listener> listener(RoutingContext context) {
        String token = context.request().getParam("access_token");
        return token == null || token.isEmpty() ? listeners.of(context) : listeners.of(token);
    }

    private Uni<Void> admit(Listener listener, String channel) {
        return access.admits(listener, channel)
                .invoke(isAdmitted -> {
                    if (!isAdmitted) {
                        throw ApiException.forbidden("You may not listen to the channel " + channel);
                    }
                })
                .replaceWithVoid();
    }

    /** All are waited for, also where one fails: what is subscribed to must be known, to be ended. */
    private Uni<Void> subscribe(Question question, SseStream stream) {
        List<Position> positions = question.positions();
        List<Uni<Void>> subscriptions = IntStream.range(0, question.channels().size())
                .mapToObj(i -> hub.subscribe(
                                question.channels().get(i), stream, positions.isEmpty() ? null : positions.get(i))
                        .invoke(stream::add)
                        .replaceWithVoid())
                .toList();
        return Uni.join().all(subscriptions).andCollectFailures().replaceWithVoid();
    }

    private void refuse(RoutingContext context, SseStream stream, Throwable failure) {
        stream.context().runOnContext(ignored -> {
            stream.close();
            problems.write(context.request(), problem(failure));
        });
    }

    private static ApiException problem(Throwable failure) {
        if (failure instanceof ApiException refusal) {
            return refusal;
        }
        if (failure instanceof AuthenticationFailedException) {
            return ApiException.unauthorized("The credential is not valid")
                    .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        if (isUnavailable(failure)) {
            return ApiException.unavailable("The database cannot be reached", RETRY_AFTER);
        }
        LOG.error("Unexpected failure", failure);
        return new ApiException(500, "internal", "The server failed; the request id leads to the log");
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof CompositeException all
                ? all.getCauses().stream().allMatch(DatabaseFailures::isUnavailable)
                : DatabaseFailures.isUnavailable(failure);
    }
}
