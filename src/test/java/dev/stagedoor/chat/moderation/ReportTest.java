package dev.stagedoor.chat.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ReportTest {

    private Person owner;
    private Person author;
    private Person member;
    private String channel;

    @BeforeEach
    void openChannel() {
        owner = Api.signUp();
        author = Api.signUp();
        member = Api.signUp();
        channel = Chat.create(owner, "public", author, member);
    }

    private String path(String rest) {
        return Chat.channel(channel) + "/" + rest;
    }

    private Response resolve(String reportId, String status) {
        return owner.request().body(Map.of("status", status)).put(path("reports/" + reportId));
    }

    private List<String> acts() {
        return Chat.get(owner, path("moderation/acts")).getList("data.action");
    }

    @Test
    void aReportIsQueuedOnceWithWhatWasSaid() {
        long seq = Chat.send(author, channel, "BUY NOW").getLong("seq");
        Map<String, String> report = Map.of("reason", "spam", "note", "Again");
        String id = member.request()
                .body(report)
                .post(path("messages/" + seq + "/reports"))
                .then()
                .statusCode(200)
                .body("status", equalTo("open"))
                .extract()
                .path("id");
        member.request()
                .body(Map.of("reason", "abuse"))
                .post(path("messages/" + seq + "/reports"))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("reason", equalTo("spam"));
        author.request().delete(path("messages/" + seq)).then().statusCode(204);

        owner.request()
                .get(path("reports"))
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].text", equalTo("BUY NOW"))
                .body("data[0].authorId", equalTo(author.id()))
                .body("data[0].reporterId", equalTo(member.id()));
        resolve(id, "upheld").then().statusCode(200).body("status", equalTo("upheld"));
        resolve(id, "upheld").then().statusCode(200);
        resolve(id, "dismissed").then().statusCode(409);
        owner.request().get(path("reports")).then().body("data", empty());
        owner.request().get(path("reports?status=upheld")).then().body("data.id", contains(id));
        assertThat(acts()).startsWith("report_upheld");
    }

    @Test
    void reportsThatCannotBeAreRefused() {
        long seq = Chat.send(owner, channel, "Fine").getLong("seq");
        String reports = path("messages/" + seq + "/reports");

        member.request().body(Map.of("reason", "boring")).post(reports).then().statusCode(400);
        member.request()
                .body(Map.of("reason", "spam", "note", "x".repeat(1001)))
                .post(reports)
                .then()
                .statusCode(400);
        member.request()
                .body(Map.of("reason", "spam"))
                .post(path("messages/99/reports"))
                .then()
                .statusCode(404);
        Api.signUp()
                .request()
                .body(Map.of("reason", "spam"))
                .post(reports)
                .then()
                .statusCode(403);
        resolve(Chat.UNKNOWN_ID, "upheld").then().statusCode(404);
        resolve(Chat.UNKNOWN_ID, "open").then().statusCode(400);
        owner.request().get(path("reports?status=closed")).then().statusCode(400);
        owner.request().get(path("reports?cursor=forged")).then().statusCode(400);
    }
}
