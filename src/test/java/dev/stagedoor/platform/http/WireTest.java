package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before it is a request to any resource, or while it is still on its way. */
@StagedoorTest
class WireTest {

    private static final int MAX_BODY = 1 << 20;

    private static final String POST = String.join(
            "\r\n", "POST /api/v1/auth/login HTTP/1.1", "Host: localhost", "Content-Type: application/json", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "GET /health\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: \u00E7\r\n\r\n",
                "GET /health HTTP/1.1 more\r\nHost: x\r\n\r\n",
                "GET /health FTP/1.1\r\nHost: x\r\n\r\n",
                "G\u0001T /health HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\n: no name\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nX-Null: a\u0000b\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nSpaced : a\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nGET ",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
            })
    void whatIsNoHttpIsRefused(String request) {
        assertProblem(RawHttp.send(request), 400, "malformed-http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%zz",
                "/api/v1/users/%",
                "/api/v1/users/%F",
                "/health?a=%zz",
                "/a b",
                "/a|b",
                "/a\\b",
                "/{id}",
                "/<x>"
            })
    void aTargetThatIsNoUriIsRefused(String target) {
        RawHttp.Answer answer = RawHttp.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertProblem(answer, 400, "malformed-http");
    }

    @Test
    void aTargetThatIsTooLongIsRefused() {
        for (int length : List.of(9_000, 60_000, 70_000, 1_000_000)) {
            assertProblem(
                    RawHttp.send("GET /" + "x".repeat(length) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                    414,
                    "target-too-long");
        }
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        for (int length : List.of(17_000, 100_000, 1_000_000, 3_000_000)) {
            assertProblem(
                    RawHttp.send(
                            "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(length) + "\r\n\r\n"),
                    431,
                    "headers-too-large");
        }
        assertProblem(
                RawHttp.send("GET /health HTTP/1.1\r\nHost: localhost\r\n" + "X-Many: 1\r\n".repeat(5_000) + "\r\n"),
                431,
                "headers-too-large");
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedUnread() {
        RawHttp.Answer answer = RawHttp.send(POST + "Content-Length: " + (MAX_BODY + 1) + "\r\n\r\n");

        assertProblem(answer, 413, "body-too-large");
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedBeforeItsEnd() {
        // No last chunk: the answer must come without it.
        RawHttp.Answer answer = RawHttp.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk("{\"username\": \"")
                + chunk("x".repeat(65_536)).repeat(17));

        assertProblem(answer, 413, "body-too-large");
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void aBodyOfJustTheLimitIsRead() {
        String name = Api.uniqueName();
        String json = "{\"username\": \"" + name + "\", \"password\": \"correct horse\"}";

        RawHttp.Answer announced = RawHttp.send(
                POST + "Content-Length: " + MAX_BODY + "\r\n\r\n" + json + " ".repeat(MAX_BODY - json.length()));
        RawHttp.Answer chunked = RawHttp.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk(json)
                + chunk(" ".repeat(MAX_BODY - json.length())) + "0\r\n\r\n");

        assertProblem(announced, 401, "unauthorized");
        assertProblem(chunked, 401, "unauthorized");
    }

    @Test
    void aConnectionIsGoodForTheNextRequestAfterAProblem() {
        RawHttp.Answer answer = RawHttp.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertProblem(answer, 404, "not-found");
        assertThat(answer.header("Connection")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9"})
    void anotherVersionOfHttpIsRefused(String version) {
        assertProblem(RawHttp.send("GET /health " + version + "\r\nHost: localhost\r\n\r\n"), 400, "malformed-http");
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    private static void assertProblem(RawHttp.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith(Problem.MEDIA_TYPE);
        assertThat(answer.json().getString("type")).isEqualTo("urn:stagedoor:problem:" + code);
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json().getString("requestId")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
