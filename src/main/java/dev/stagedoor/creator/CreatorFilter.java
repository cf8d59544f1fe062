package dev.stagedoor.creator;

import dev.stagedoor.platform.http.ApiException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which creators are listed; null is any.
 *
 * @param words a {@code tsquery}: each begins a word of theirs
 */
record CreatorFilter(CreatorSort sort, String category, String language, String words) {

    /** Unit separator: a parameter is refused that contains it. */
    private static final String SEPARATOR = "\u001f";

    private static final int MAX_WORDS = 10;

    /** As words_of in the database has it. */
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[\\x00-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\xbf\\u2000-\\u206f\\u3000-\\u303f]+");

    /** Fails with 400 where there are no words, or too many. */
    static CreatorFilter of(CreatorSort sort, String category, String language, String q) {
        return new CreatorFilter(sort, category, language, q == null ? null : prefixes(q));
    }

    /** Nothing in a word needs to be quoted: that is all between words. */
    private static String prefixes(String q) {
        List<String> words = Arrays.stream(BETWEEN_WORDS.split(q))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.isEmpty() || words.size() > MAX_WORDS) {
            throw ApiException.invalid("q", "must have 1 to " + MAX_WORDS + " words of letters and digits");
        }
        return words.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & "));
    }

    boolean isEmpty() {
        return category == null && language == null && words == null;
    }

    /** Tells the lists apart, of which each has cursors of its own. */
    String listName() {
        return Stream.of("creators", sort, category, language, words)
                .map(part -> part == null ? "" : part.toString())
                .collect(Collectors.joining(SEPARATOR));
    }
}
