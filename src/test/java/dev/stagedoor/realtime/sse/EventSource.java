package dev.stagedoor.realtime.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of Server-Sent Events that keeps to the letter of the standard and does not come again by itself. */
final class EventSource implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<String> comments = new ArrayList<>();
    private String lastId = "";
    private volatile boolean hasEnded;

    private EventSource(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event source");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param id the last one that was given when it came */
    record Event(String id, String name, String data) {}

    static EventSource open(String query, String... headers) {
        return open(HttpClient.Version.HTTP_1_1, query, headers);
    }

    static EventSource open(HttpClient.Version version, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + SseDoor.PATH + "?" + query))
                .version(version);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new EventSource(
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    private void read() {
        String id = "";
        String name = "";
        List<String> data = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.add(line.substring(6));
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, name, String.join("\n", data)));
                    data.clear();
                    name = "";
                } else if (line.startsWith(":") || line.startsWith("retry: ")) {
                    synchronized (comments) {
                        comments.add(line);
                    }
                }
            }
        } catch (IOException e) {
            // The test closes it, or the server does.
        }
        hasEnded = true;
    }

    Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            lastId = event.id();
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes the first event, which says where the client is. */
    EventSource ready() {
        assertThat(next().name()).isEqualTo("ready");
        return this;
    }

    /** The data of the next events, as they are in their channels. */
    List<String> next(int count) {
        List<String> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            data.add(new JsonObject(next().data()).getValue("data").toString());
        }
        return data;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    String lastId() {
        return lastId;
    }

    List<String> comments() {
        synchronized (comments) {
            return List.copyOf(comments);
        }
    }

    boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
