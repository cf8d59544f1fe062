package dev.stagedoor.support;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Walks lists from page to page. */
public final class Pages {

    private Pages() {}

    /**
     * Everything in a list.
     *
     * @param reader begins a request
     * @param list its path and query, a limit among that
     */
    public static List<Map<String, Object>> all(Supplier<RequestSpecification> reader, String list) {
        List<Map<String, Object>> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = reader.get()
                    .get(list + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            all.addAll(page.getList("data"));
            String next = page.getString("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return all;
    }

    /** As {@link #all}, of each its id. */
    public static List<String> ids(Supplier<RequestSpecification> reader, String list) {
        return all(reader, list).stream().map(each -> (String) each.get("id")).toList();
    }
}
