package dev.stagedoor.platform.graphql;

import dev.stagedoor.platform.http.ApiException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads what fields are given as text. */
public final class Arguments {

    /** Unlike ours, the parser of the JDK takes shorter parts, too. */
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Arguments() {}

    /**
     * An id; null where it is absent.
     *
     * @throws ApiException 400 where it is none
     */
    public static UUID id(String name, String value) {
        if (value == null) {
            return null;
        }
        if (!UUID_FORM.matcher(value).matches()) {
            throw ApiException.invalid(name, "must be a UUID");
        }
        return UUID.fromString(value);
    }
}
