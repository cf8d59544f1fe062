package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class SyncTest {

    private static final long SEED = 20_261_122;

    /** Of each of four writers; {@code -Dsync.writes=11000} takes about ten minutes. */
    private static final int WRITES = Integer.getInteger("sync.writes", 40);

    private static final int STEPS = WRITES * 3 / 2;

    private Person owner;
    private Person guest;
    private String channelId;

    @BeforeEach
    void createAChannel() {
        owner = Api.signUp();
        guest = Api.signUp();
        channelId = Chat.create(owner, "private", guest);
    }

    private JsonPath sync(String after, int limit) {
        return Chat.get(guest, Chat.channel(channelId) + "/sync?after=" + after + "&limit=" + limit);
    }

    private String message(long seq) {
        return Chat.messages(channelId) + "/" + seq;
    }

    @Test
    void everyChangeIsThereInItsOrder() {
        Chat.say(owner, channelId, "one");
        owner.request().body(Map.of("text", "uno")).patch(message(1)).then().statusCode(200);
        guest.request().put(message(1) + "/reactions/+1").then().statusCode(200);
        guest.request().put(message(1) + "/reactions/+1").then().statusCode(200);
        guest.request().delete(message(1) + "/reactions/+1").then().statusCode(200);
        Chat.say(owner, channelId, "two");
        owner.request().delete(message(1)).then().statusCode(204);

        JsonPath all = sync("0", 100);

        assertThat(all.getList("data.type"))
                .isEqualTo(List.of("created", "edited", "reaction", "reaction", "created", "deleted"));
        assertThat(all.getList("data.change")).isEqualTo(List.of(1, 2, 3, 4, 5, 6));
        assertThat(all.getList("data.seq")).isEqualTo(List.of(1, 1, 1, 1, 2, 1));
        assertThat(all.getMap("data[2]"))
                .containsEntry("userId", guest.id())
                .containsEntry("emoji", "+1")
                .containsEntry("added", true);
        assertThat(all.getMap("data[3]")).containsEntry("added", false);
        assertThat(all.getMap("data[0]")).doesNotContainKeys("userId", "emoji", "added");
        assertThat(all.getString("next")).isEqualTo("6");
        assertThat(all.getBoolean("more")).isFalse();
        assertThat(sync("6", 100).getList("data")).isEmpty();
        assertThat(sync("6", 100).getString("next")).isEqualTo("6");
    }

    @Test
    void pagesGoOnWhereTheyEnded() {
        for (int i = 0; i < 5; i++) {
            Chat.say(owner, channelId, "message " + i);
        }

        JsonPath first = sync("0", 2);
        JsonPath second = sync(first.getString("next"), 2);
        JsonPath third = sync(second.getString("next"), 2);

        assertThat(List.of(first.getBoolean("more"), second.getBoolean("more"), third.getBoolean("more")))
                .isEqualTo(List.of(true, true, false));
        assertThat(third.getList("data.seq")).isEqualTo(List.of(5));
    }

    @Test
    void onlyMembersSync() {
        String path = Chat.channel(channelId) + "/sync";

        Api.signUp().request().get(path).then().statusCode(404);
        Api.request().get(path).then().statusCode(401);
        for (String query : List.of("?after=-1", "?after=x", "?limit=0", "?limit=501")) {
            assertThat(guest.request().get(path + query).statusCode()).as(query).isIn(400, 404);
        }
        guest.request()
                .get(path)
                .then()
                .statusCode(200)
                .body("data", hasSize(0))
                .body("next", equalTo("0"));
    }

    @Test
    void whatAnArchiveBringsIsSyncedToo() {
        String room = Api.uniqueName();
        String name = Api.uniqueName();
        String line = String.join("\t", room, room, "2020-01-01T00:00:00Z", name, name, Api.uniqueName(), "old");
        Api.admin()
                .request()
                .contentType("text/tab-separated-values")
                .body(line + "\n")
                .post("/api/v1/admin/archives")
                .then()
                .statusCode(200);
        String imported = (String) Chat.publicChannels(guest, room).get(0).get("id");
        Chat.join(guest, imported);
        Chat.say(guest, imported, "new");

        assertThat(Chat.get(guest, Chat.channel(imported) + "/sync").getList("data.message.text"))
                .isEqualTo(List.of("old", "new"));
    }

    /** Its store and its position are saved together, after each page or after none of it. */
    private final class Client {
        private final Map<Integer, Map<String, Object>> messages = new TreeMap<>();
        private final Random random;
        private String next = "0";

        Client(long seed) {
            this.random = new Random(seed);
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> part(Map<String, Object> change, String name) {
            return (Map<String, Object>) change.get(name);
        }

        /** Emits whether there is more. */
        boolean step() {
            JsonPath page = sync(next, 1 + random.nextInt(7));
            if (random.nextInt(3) == 0) {
                return true; // It is killed before it could save anything.
            }
            for (Map<String, Object> change : page.<Map<String, Object>>getList("data")) {
                messages.put((Integer) change.get("seq"), part(change, "message"));
                if (change.containsKey("thread")) {
                    Map<String, Object> thread = part(change, "thread");
                    messages.get(thread.get("seq")).put("replyCount", thread.get("replyCount"));
                }
            }
            next = page.getString("next");
            return page.getBoolean("more");
        }
    }

    @Test
    void aClientThatIsKilledAtRandomPointsEndsEqualToTheServer() {
        Client client = new Client(SEED);
        List<Integer> done = Together.run(5, i -> i < 4 ? write(i) : follow(client));
        assertThat(done).hasSize(5);
        while (client.step()) {
            assertThat(client.next).isNotNull();
        }

        List<Object> server = new ArrayList<>(Chat.allMessages(owner, channelId));
        assertThat(new ArrayList<>(client.messages.values())).isEqualTo(server);
        assertThat(Database.query("""
                        SELECT count(*) FROM channel_change
                        WHERE channel_id = '%1$s' AND change > (SELECT last_change FROM channel WHERE id = '%1$s')
                        """.formatted(channelId))).containsExactly("0");
        assertThat(Database.query("""
                        SELECT count(*) - max(change) FROM channel_change WHERE channel_id = '%s'
                        """.formatted(channelId))).containsExactly("0");
    }

    private int follow(Client client) {
        for (int i = 0; i < STEPS; i++) {
            boolean unused = client.step();
        }
        return STEPS;
    }

    /** What of it is refused, as a message that another one deleted, changes nothing. */
    private int write(int writer) {
        Random random = new Random(SEED + writer);
        Person person = writer % 2 == 0 ? owner : guest;
        for (int i = 0; i < WRITES; i++) {
            long last = Chat.get(person, Chat.channel(channelId)).getLong("lastSeq");
            long seq = last == 0 ? 1 : 1 + random.nextInt((int) last);
            assertThat(act(random.nextInt(6), person, seq, i)).isIn(200, 201, 204, 400, 403, 404, 409);
        }
        return WRITES;
    }

    private int act(int what, Person person, long seq, int i) {
        return switch (what) {
            case 0 ->
                person.request()
                        .body(Map.of("text", "edit " + i))
                        .patch(message(seq))
                        .statusCode();
            case 1 -> person.request().delete(message(seq)).statusCode();
            case 2 ->
                person.request().put(message(seq) + "/reactions/r" + i % 3).statusCode();
            case 3 ->
                person.request().delete(message(seq) + "/reactions/r" + i % 3).statusCode();
            case 4 ->
                Chat.post(person, channelId, Map.of("text", "reply " + i, "replyTo", seq))
                        .statusCode();
            default ->
                Chat.post(person, channelId, Map.of("text", "message " + i)).statusCode();
        };
    }
}
