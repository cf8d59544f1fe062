package dev.stagedoor.chat;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds whom a text names, as {@code @username}. */
final class Mentions {

    /** Of one message; more make nobody listen. */
    private static final int MAX = 50;

    /** A name as users register it, which does not end with a dot: that is the sentence's. */
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{N}_.@-])@([A-Za-z0-9][A-Za-z0-9_.-]{1,118}[A-Za-z0-9_-])");

    private Mentions() {}

    /** The first names, in lower case. */
    static Set<String> in(String text) {
        return MENTION.matcher(text)
                .results()
                .map(mention -> mention.group(1).toLowerCase(Locale.ROOT))
                .limit(MAX)
                .collect(Collectors.toSet());
    }
}
