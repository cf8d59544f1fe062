package dev.stagedoor.chat.archive;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Archives on their way in, and a reader of them that shares nothing with the one that is tested. */
final class Archives {

    static final String PATH = "/api/v1/admin/archives";
    static final String MEDIA_TYPE = "text/tab-separated-values";

    private Archives() {}

    static Response post(Person person, byte[] archive) {
        return person.request().contentType(MEDIA_TYPE).body(archive).post(PATH);
    }

    /** The report on an archive that the admin loads. */
    static JsonPath load(byte[] archive) {
        return post(Api.admin(), archive).then().statusCode(200).extract().jsonPath();
    }

    static JsonPath load(String archive) {
        return load(archive.getBytes(StandardCharsets.UTF_8));
    }

    static void mustLoad(String archive) {
        post(Api.admin(), archive.getBytes(StandardCharsets.UTF_8)).then().statusCode(200);
    }

    /** The records of a well-formed archive, character by character, all in memory. */
    static List<List<String>> parse(String archive) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < archive.length(); i++) {
            char c = archive.charAt(i);
            char next = i + 1 < archive.length() ? archive.charAt(i + 1) : '\n';
            if (quoted && c == '"' && next == '"') {
                field.append(archive.charAt(++i));
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (quoted || !isSeparator(c, next)) {
                field.append(c);
            } else if (c != '\r') {
                fields.add(field.toString());
                field.setLength(0);
            }
            if (!quoted && c == '\n') {
                records.add(List.copyOf(fields));
                fields.clear();
            }
        }
        return records;
    }

    private static boolean isSeparator(char c, char next) {
        return c == '\t' || c == '\n' || (c == '\r' && next == '\n');
    }

    /** What the messages of one archive are to become: each once, by time and then by id. */
    static List<List<String>> inOrder(List<List<String>> records) {
        Map<String, List<String>> byId = new HashMap<>();
        records.forEach(fields -> byId.putIfAbsent(fields.get(0) + " " + fields.get(5), fields));
        return byId.values().stream()
                .sorted((one, other) -> {
                    int byTime = one.get(2).compareTo(other.get(2));
                    return byTime == 0 ? one.get(5).compareTo(other.get(5)) : byTime;
                })
                .toList();
    }
}
