package dev.stagedoor.support;

import dev.stagedoor.support.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tests of chat do again and again. */
public final class Chat {

    public static final String CHANNELS = "/api/v1/channels";

    /** No channel and no user has this id. */
    public static final String UNKNOWN_ID = "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c";

    private Chat() {}

    public static String channel(String channelId) {
        return CHANNELS + "/" + channelId;
    }

    public static String messages(String channelId) {
        return channel(channelId) + "/messages";
    }

    public static String members(String channelId) {
        return channel(channelId) + "/members";
    }

    /** The body that creates a channel; a null name is left out. */
    public static Map<String, Object> newChannel(String visibility, String name, List<String> members) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("visibility", visibility);
        body.put("members", members);
        if (name != null) {
            body.put("name", name);
        }
        return body;
    }

    /** The id of a new channel with a name of its own. */
    public static String create(Person owner, String visibility, Person... members) {
        List<String> ids = new ArrayList<>();
        for (Person member : members) {
            ids.add(member.id());
        }
        String name = visibility.equals("direct") ? null : Api.uniqueName();
        return owner.request()
                .body(newChannel(visibility, name, ids))
                .post(CHANNELS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static void join(Person person, String channelId) {
        person.request().body("{}").post(members(channelId)).then().statusCode(201);
    }

    public static Response post(Person author, String channelId, Map<String, ?> message) {
        return author.request().body(message).post(messages(channelId));
    }

    /** The new message. */
    public static JsonPath send(Person author, String channelId, String text) {
        return post(author, channelId, Map.of("text", text))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    public static void say(Person author, String channelId, String text) {
        post(author, channelId, Map.of("text", text)).then().statusCode(201);
    }

    public static JsonPath get(Person person, String path) {
        return person.request().get(path).then().statusCode(200).extract().jsonPath();
    }

    /** Every message of the channel, oldest first, in pages of 50. */
    public static List<Map<String, Object>> allMessages(Person reader, String channelId) {
        List<Map<String, Object>> all = new ArrayList<>();
        String next = "0";
        while (next != null) {
            JsonPath page = get(reader, messages(channelId) + "?limit=50&after=" + next);
            all.addAll(page.getList("data"));
            next = page.getString("next");
        }
        return all;
    }

    /** Every channel of a list, in pages of {@code limit}. */
    public static List<Map<String, Object>> allChannels(Person reader, String query, int limit) {
        return Pages.all(reader::request, CHANNELS + "?limit=" + limit + query);
    }

    /** The public channels of this name. */
    public static List<Map<String, Object>> publicChannels(Person reader, String name) {
        return allChannels(reader, "&visibility=public", 100).stream()
                .filter(channel -> name.equals(channel.get("name")))
                .toList();
    }
}
