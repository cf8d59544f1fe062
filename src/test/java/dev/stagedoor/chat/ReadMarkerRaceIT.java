package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import dev.stagedoor.support.Together;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Someone reads on several devices, over several nodes, while others write. */
@Tag("executable")
class ReadMarkerRaceIT {

    private static final int MARKS = 10_000;
    private static final int WRITERS = 2;
    private static final int DEVICES = 6;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicInteger marks = new AtomicInteger();

    @Test
    void noMessageIsReadThatNobodyHasSeen() {
        try (Nodes nodes = new Nodes(List.of(Program.environment(), Program.environment(), Program.environment()))) {
            Remote first = new Remote(nodes.url(0));
            Remote.Person owner = first.signUp();
            Remote.Person reader = first.signUp();
            String channel = create(owner, reader);

            List<List<String>> wrong = Together.run(
                    WRITERS + DEVICES,
                    i -> i < WRITERS
                            ? write(nodes.url(i % nodes.count()) + channel, owner)
                            : read(nodes.url(i % nodes.count()) + channel, reader));

            assertThat(wrong).allSatisfy(each -> assertThat(each).isEmpty());
            assertThat(seen.get()).isGreaterThan(100);
            assertAllAgree(nodes, reader, channel);
        }
    }

    private static String create(Remote.Person owner, Remote.Person reader) {
        String id = owner.request()
                .body(Chat.newChannel("private", "race", List.of(reader.id())))
                .post(Chat.CHANNELS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return Chat.channel(id);
    }

    private List<String> write(String channel, Remote.Person owner) {
        while (marks.get() < MARKS) {
            JsonObject unused = send(owner, "POST", channel + "/messages", Map.of("text", "hello"));
        }
        return List.of();
    }

    private List<String> read(String channel, Remote.Person reader) {
        List<String> wrong = new ArrayList<>();
        while (marks.getAndIncrement() < MARKS) {
            JsonArray page =
                    send(reader, "GET", channel + "/messages?limit=1", Map.of()).getJsonArray("data");
            long newest = page.isEmpty() ? 0 : page.getJsonObject(0).getLong("seq");
            seen.accumulateAndGet(newest, Math::max);
            JsonObject marker = send(reader, "PUT", channel + "/read", Map.of("seq", newest));
            boolean isSound = marker.getLong("readSeq") >= newest
                    && marker.getLong("readSeq") <= seen.get()
                    && marker.getLong("unread") == marker.getLong("lastSeq") - marker.getLong("readSeq");
            if (!isSound) {
                wrong.add(marker + " after " + newest);
            }
        }
        return wrong;
    }

    private void assertAllAgree(Nodes nodes, Remote.Person reader, String channel) {
        for (int node = 0; node < nodes.count(); node++) {
            String url = nodes.url(node);
            JsonObject single = send(reader, "GET", url + channel, Map.of());
            await().untilAsserted(() ->
                    assertThat(listed(reader, url).getLong("unread")).isEqualTo(single.getLong("unread")));
            JsonObject total = send(reader, "GET", url + "/api/v1/unread", Map.of());
            assertThat(single.getLong("unread")).isEqualTo(single.getLong("lastSeq") - seen.get());
            assertThat(total.getLong("unread")).isEqualTo(single.getLong("unread"));
        }
    }

    private JsonObject listed(Remote.Person reader, String url) {
        return send(reader, "GET", url + Chat.CHANNELS, Map.of())
                .getJsonArray("data")
                .getJsonObject(0);
    }

    private JsonObject send(Remote.Person person, String method, String url, Map<String, Object> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + person.token())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(new JsonObject(body).encode()))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
            return new JsonObject(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
