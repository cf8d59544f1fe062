package dev.stagedoor.platform.text;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a text is found by.
 *
 * @param folded without differences of case, width and composition
 * @param grams short pieces of it
 */
public record SearchableText(String folded, boolean hasLink, Set<Integer> grams) {

    private static final Pattern LINK = Pattern.compile("https?://\\S");

    /** Of a text to be found. */
    public static SearchableText of(String text) {
        String folded = FoldedText.fold(text);
        return new SearchableText(folded, LINK.matcher(folded).find(), Grams.of(folded));
    }

    /** Of a text to look for: it has no grams where it holds neither letters nor symbols. */
    public static SearchableText toFind(String text) {
        String folded = FoldedText.fold(text).strip();
        return new SearchableText(folded, false, Grams.toFind(folded));
    }

    /** The grams as PostgreSQL writes an array: one of arrays of several lengths has no other form. */
    public String gramsLiteral() {
        return grams.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    public Integer[] gramArray() {
        return grams.toArray(Integer[]::new);
    }
}
