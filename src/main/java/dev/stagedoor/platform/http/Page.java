package dev.stagedoor.platform.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param data the rows, in the list's order
 * @param next the cursor of the next page, or null where this is the last
 */
@RegisterForReflection
public record Page<T>(
        @Schema(required = true) @NonNull List<@NonNull T> data,
        @Schema(required = true, nullable = true) String next) {

    public Page {
        data = List.copyOf(data);
    }

    /** The same page of what is made of each row. */
    public <R> Page<R> map(Function<T, R> make) {
        return new Page<>(data.stream().map(make).toList(), next);
    }

    /** Cuts a result of up to {@code limit + 1} rows; the row too many tells that there is a next page. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> page = rows.subList(0, limit);
        return new Page<>(page, cursor.apply(page.get(limit - 1)));
    }
}
