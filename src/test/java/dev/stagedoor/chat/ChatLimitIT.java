package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often someone writes, on whatever node. */
@Tag("executable")
class ChatLimitIT {

    private static final int AT_ONCE = 20;

    /** So few that none comes back while this runs. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Program.environment());
        environment.put("STAGEDOOR_CHAT_WRITES_AT_ONCE", Integer.toString(AT_ONCE));
        environment.put("STAGEDOOR_CHAT_WRITES_PER_SECOND", "1");
        return environment;
    }

    private static Response send(Nodes nodes, int node, Remote.Person author, String channel) {
        return author.request()
                .baseUri(nodes.url(node))
                .body(Map.of("text", "hello"))
                .post(Chat.messages(channel));
    }

    @Test
    void someoneWritesSoOftenOverAllNodesAndIsTold() {
        try (Nodes nodes = new Nodes(List.of(environment(), environment()))) {
            Remote.Person author = new Remote(nodes.url(0)).signUp();
            Remote.Person other = new Remote(nodes.url(0)).signUp();
            String channel = author.request()
                    .body(Chat.newChannel("private", "limit", List.of(other.id())))
                    .post(Chat.CHANNELS)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");

            // A node that has just begun may count for itself where Redis takes it too long.
            IntStream.range(0, AT_ONCE)
                    .forEach(i -> send(nodes, i % 2, other, channel).then().statusCode(201));
            Response first = send(nodes, 0, author, channel);
            List<Integer> statuses = IntStream.range(0, 2 * AT_ONCE)
                    .mapToObj(i -> send(nodes, i % 2, author, channel).statusCode())
                    .toList();
            Response refused = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> send(nodes, 1, author, channel))
                    .filter(answer -> answer.statusCode() == 429)
                    .findFirst()
                    .orElseThrow();

            first.then().statusCode(201);
            assertThat(first.header("RateLimit")).startsWith("\"chat\";r=19;t=");
            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"chat\";q=20;w=20");
            assertThat(statuses).filteredOn(status -> status == 201).hasSizeBetween(AT_ONCE - 1, AT_ONCE + 10);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.header("RateLimit")).startsWith("\"chat\";r=0;t=");
        }
    }
}
