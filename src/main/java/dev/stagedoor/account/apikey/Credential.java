package dev.stagedoor.account.apikey;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code X-API-Key}: {@code sdk_<id>_<secret>}, so that leaked ones can be searched for by their prefix. */
record Credential(UUID id, String secret) {

    private static final Pattern FORM = Pattern.compile(
            "sdk_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    String encode() {
        return "sdk_" + id.toString().replace("-", "") + "_" + secret;
    }

    static Optional<Credential> parse(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String id = String.join(
                "-", matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5));
        return Optional.of(new Credential(UUID.fromString(id), matcher.group(6)));
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "Credential[id=" + id + "]";
    }
}
