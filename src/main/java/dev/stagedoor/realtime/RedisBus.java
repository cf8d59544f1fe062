package dev.stagedoor.realtime;

import dev.stagedoor.platform.redis.KeptConnection;
import dev.stagedoor.platform.redis.RedisScript;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes what all nodes hear to Redis, and reads back what was published lately. Fails at once where Redis is away. */
@ApplicationScoped
class RedisBus {

    /** The stream that every node reads. */
    static final String BUS = "stagedoor:realtime:bus";

    /** A reader that lags by more than this looks into PostgreSQL for what it missed. */
    private static final int BUS_ENTRIES = 20_000;

    private static final String TOPIC = "stagedoor:realtime:topic:";

    private final RealtimeConfig config;
    private final KeptConnection connection;

    RedisBus(RealtimeConfig config, @ConfigProperty(name = "stagedoor.redis.url") String url, Vertx vertx) {
        this.config = config;
        this.connection = new KeptConnection(vertx, url, "events", config.redisTimeout(), new Scripts());
    }

    private final class Scripts implements KeptConnection.Preparation {

        @Override
        public Future<?> prepare(RedisConnection fresh) {
            return RedisScript.load(fresh, RelayScripts.ALL);
        }

        @Override
        public Future<?> catchUp(RedisConnection fresh) {
            return connection.ping(fresh);
        }
    }

    void start(@Observes StartupEvent event) {
        connection.open();
    }

    void stop(@Observes ShutdownEvent event) {
        connection.stop();
    }

    boolean isUsable() {
        return connection.isUsable();
    }

    /** Emits the last position that Redis has of the topic where it lacks what is before these. */
    Uni<Optional<Position>> append(List<Publication> ofTopic) {
        Publication first = ofTopic.get(0);
        Request request = RelayScripts.APPEND
                .on(BUS, TOPIC + first.topic())
                .arg(BUS_ENTRIES)
                .arg(config.replayEvents())
                .arg(config.replayWindow().toMillis())
                .arg(first.topic())
                .arg(first.position().epoch());
        ofTopic.forEach(each -> request.arg(each.position().offset()).arg(each.payload()));
        return send(request)
                .map(answer -> answer.toLong() < 0
                        ? Optional.empty()
                        : Optional.of(new Position(first.position().epoch(), answer.toLong())));
    }

    Uni<Void> send(Signal signal, String origin) {
        return send(RelayScripts.SIGNAL
                        .on(BUS)
                        .arg(BUS_ENTRIES)
                        .arg(signal.topic())
                        .arg(signal.payload(origin)))
                .replaceWithVoid();
    }

    /** Keeps nothing of a topic any more. */
    Uni<Void> forget(String topic) {
        return send(Request.cmd(Command.DEL).arg(TOPIC + topic)).replaceWithVoid();
    }

    /** What came after this position, in order, as far as it is kept here. */
    Uni<List<Publication>> missed(String topic, Position after, int limit) {
        return send(Request.cmd(Command.XRANGE)
                        .arg(TOPIC + topic)
                        .arg("(" + after)
                        .arg("+")
                        .arg("COUNT")
                        .arg(limit))
                .map(entries -> publications(topic, entries));
    }

    private static List<Publication> publications(String topic, Response entries) {
        List<Publication> publications = new ArrayList<>(entries.size());
        for (Response entry : entries) {
            Position position = Position.parse(entry.get(0).toString()).orElseThrow();
            publications.add(Publication.of(topic, position, entry.get(1).get(1).toString()));
        }
        return publications;
    }

    /** Those topics of which Redis lacks the newest, each with the position up to which it needs nothing. */
    Uni<Map<String, Position>> behind(Map<String, Position> newest) {
        if (newest.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<String> topics = List.copyOf(newest.keySet());
        String[] streams = topics.stream().map(topic -> TOPIC + topic).toArray(String[]::new);
        return send(RelayScripts.TAILS.on(streams)).map(tails -> behind(newest, topics, tails));
    }

    private static Map<String, Position> behind(Map<String, Position> newest, List<String> topics, Response tails) {
        Map<String, Position> behind = new HashMap<>();
        for (int i = 0; i < topics.size(); i++) {
            Position expected = newest.get(topics.get(i));
            Position tail = Position.parse(tails.get(i).toString())
                    .filter(position -> position.epoch() == expected.epoch())
                    .orElseGet(() -> new Position(expected.epoch(), Math.max(0, expected.offset() - History.PAGE)));
            if (tail.offset() < expected.offset()) {
                behind.put(topics.get(i), tail);
            }
        }
        return behind;
    }

    private Uni<Response> send(Request request) {
        return Uni.createFrom().completionStage(() -> connection.send(request).toCompletionStage());
    }
}
