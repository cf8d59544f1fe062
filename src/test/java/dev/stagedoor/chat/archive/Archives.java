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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** A field, quoted or not, and what ends it. */
    private static final Pattern FIELD = Pattern.compile(
            "(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\\t\\r\\n]*+(?:\\r(?!\\n)[^\\t\\r\\n]*+)*+))(\\t|\\r?\\n|$)");

    static JsonPath load(String archive) {
        return load(archive.getBytes(StandardCharsets.UTF_8));
    }

    static void mustLoad(String archive) {
        post(Api.admin(), archive.getBytes(StandardCharsets.UTF_8)).then().statusCode(200);
    }

    /** The records of a well-formed archive, all in memory. */
    static List<List<String>> parse(String archive) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(archive);
        while (matcher.regionStart() < archive.length() && matcher.lookingAt()) {
            fields.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("\"\"", "\""));
            if (!matcher.group(3).equals("\t")) {
                records.add(List.copyOf(fields));
                fields.clear();
            }
            matcher.region(matcher.end(), archive.length());
        }
        return records;
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
