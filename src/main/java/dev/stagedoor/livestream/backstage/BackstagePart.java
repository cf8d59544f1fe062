package dev.stagedoor.livestream.backstage;

import dev.stagedoor.platform.http.ApiException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A member of the answer that can be asked for alone. */
enum BackstagePart {
    ME,
    STREAM,
    PARTICIPANTS;

    /**
     * Reads a list of names with commas between them; null names all.
     *
     * @throws ApiException 400 where a name is unknown
     */
    static Set<BackstagePart> parse(String fields) {
        if (fields == null) {
            return EnumSet.allOf(BackstagePart.class);
        }
        Set<BackstagePart> parts = EnumSet.noneOf(BackstagePart.class);
        for (String name : fields.split(",", -1)) {
            parts.add(named(name));
        }
        return parts;
    }

    private static BackstagePart named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("fields", "must be of me, stream and participants"));
    }
}
