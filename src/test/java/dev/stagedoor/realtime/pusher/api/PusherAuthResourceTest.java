package dev.stagedoor.realtime.pusher.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.realtime.pusher.Digests;
import dev.stagedoor.realtime.pusher.PusherServer;
import dev.stagedoor.realtime.pusher.TestRule;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class PusherAuthResourceTest {

    private static final PusherServer SERVER = PusherServer.FIRST;
    private static final String SOCKET = "123.456";

    private static RequestSpecification form(Person person) {
        return person.request().contentType(ContentType.URLENC);
    }

    private static Response subscribe(Person person, String channel) {
        return form(person)
                .formParam("socket_id", SOCKET)
                .formParam("channel_name", channel)
                .post("/pusher/auth");
    }

    private static String authorization(String text) {
        return SERVER.key() + ":" + Digests.hmac(SERVER.secret(), text);
    }

    private static JsonObject answer(Response response) {
        response.then().statusCode(200).header("Cache-Control", equalTo("no-store"));
        return new JsonObject(response.asString());
    }

    @Test
    void aPrivateChannelIsSigned() {
        String channel = "private-" + TestRule.OPEN;

        assertThat(answer(subscribe(Api.signUp(), channel)))
                .isEqualTo(new JsonObject().put("auth", authorization(SOCKET + ":" + channel)));
    }

    @Test
    void aPresenceChannelIsSignedWithWhoIsThere() {
        Person ada = Api.signUp();
        String channel = "presence-" + TestRule.OPEN;

        JsonObject answer = answer(subscribe(ada, channel));

        String data = answer.getString("channel_data");
        assertThat(answer.getString("auth")).isEqualTo(authorization(SOCKET + ":" + channel + ":" + data));
        assertThat(new JsonObject(data))
                .isEqualTo(new JsonObject()
                        .put("user_id", ada.id())
                        .put(
                                "user_info",
                                new JsonObject()
                                        .put("username", ada.username())
                                        .put("displayName", "Test " + ada.username())));
    }

    @Test
    void anEncryptedChannelHasASharedSecret() {
        String channel = "private-encrypted-" + TestRule.OPEN;

        JsonObject answer = answer(subscribe(Api.signUp(), channel));

        assertThat(answer.getString("auth")).isEqualTo(authorization(SOCKET + ":" + channel));
        assertThat(answer.getString("shared_secret"))
                .hasSize(44)
                .isEqualTo(answer(subscribe(Api.signUp(), channel)).getString("shared_secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pusher", "/broadcasting"})
    void bothAddressesTakeFormsAndJson(String address) {
        Person ada = Api.signUp();
        String channel = "private-" + TestRule.OPEN;
        Map<String, String> body = Map.of("socket_id", SOCKET, "channel_name", channel);
        JsonObject expected = new JsonObject().put("auth", authorization(SOCKET + ":" + channel));

        assertThat(answer(form(ada).formParams(body).post(address + "/auth"))).isEqualTo(expected);
        assertThat(answer(ada.request().body(body).post(address + "/auth"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pusher", "/broadcasting"})
    void aUserIsSignedIn(String address) {
        Person ada = Api.signUp();

        JsonObject answer = answer(form(ada).formParam("socket_id", SOCKET).post(address + "/user-auth"));

        String data = answer.getString("user_data");
        assertThat(answer.getString("auth")).isEqualTo(authorization(SOCKET + "::user::" + data));
        assertThat(new JsonObject(data).getString("id")).isEqualTo(ada.id());
        assertThat(new JsonObject(data).getJsonObject("user_info").getString("username"))
                .isEqualTo(ada.username());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-test-closed", "private-nobody-knows-it", "open", "#server-to-user-ada"})
    void whatIsNotTheCallersIsRefused(String channel) {
        subscribe(Api.signUp(), channel).then().statusCode(403).contentType("application/problem+json");
    }

    @Test
    void nobodyIsRefused() {
        for (String path :
                new String[] {"/pusher/auth", "/broadcasting/auth", "/pusher/user-auth", "/broadcasting/user-auth"}) {
            Api.request()
                    .contentType(ContentType.URLENC)
                    .formParam("socket_id", SOCKET)
                    .formParam("channel_name", "private-test-closed")
                    .post(path)
                    .then()
                    .statusCode(401);
        }
        for (String channel : new String[] {"presence-" + TestRule.OPEN, "private-nobody-knows-it"}) {
            asNobody(channel).then().statusCode(401);
        }
    }

    private static Response asNobody(String channel) {
        return Api.request()
                .contentType(ContentType.URLENC)
                .formParam("socket_id", SOCKET)
                .formParam("channel_name", channel)
                .post("/pusher/auth");
    }

    @ParameterizedTest
    @CsvSource({
        "1,private-test-open",
        "a.b,private-test-open",
        "1.2:x,private-test-open",
        "1.2,private-test-open with spaces",
        "1.2,private-test-open:x",
        "1.2,''",
        "'',private-test-open"
    })
    void whatIsNoSubscriptionIsRefused(String socketId, String channel) {
        form(Api.signUp())
                .formParam("socket_id", socketId)
                .formParam("channel_name", channel)
                .post("/pusher/auth")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"socket_id\":1.2,\"channel_name\":\"private-test-open\"}"})
    void jsonOfSomethingElseIsRefused(String body) {
        Person ada = Api.signUp();

        ada.request().body(body).post("/pusher/auth").then().statusCode(400);
        ada.request().body(body).post("/pusher/user-auth").then().statusCode(400);
        form(ada).body("socket_id=%zz").post("/pusher/auth").then().statusCode(400);
    }
}
