package dev.stagedoor.platform.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A text without differences of case, width and composition (NFKC), each run of white space one space, that knows where
 * its characters come from. It is folded character by character, as people see them: a part folds as it does in the whole.
 */
public final class FoldedText {

    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private final String text;
    private final int[] starts;
    private final int[] ends;

    private FoldedText(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /** The text of {@link #of}, for who need not know where it comes from. */
    public static String fold(String text) {
        return isSingleSpacedAscii(text) ? text.toLowerCase(Locale.ROOT) : of(text).text();
    }

    private static boolean isSingleSpacedAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isSecondSpace = c == ' ' && i > 0 && text.charAt(i - 1) == ' ';
            if (c < ' ' || c > '~' || isSecondSpace) {
                return false;
            }
        }
        return true;
    }

    public static FoldedText of(String text) {
        return isSingleSpacedAscii(text)
                ? new FoldedText(
                        text.toLowerCase(Locale.ROOT),
                        IntStream.range(0, text.length()).toArray(),
                        IntStream.rangeClosed(1, text.length()).toArray())
                : byCharacters(text);
    }

    private static FoldedText byCharacters(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        IntStream.Builder starts = IntStream.builder();
        IntStream.Builder ends = IntStream.builder();
        Matcher characters = CHARACTER.matcher(text);
        while (characters.find()) {
            int before = folded.length();
            append(characters.group(), folded);
            for (int i = before; i < folded.length(); i++) {
                starts.add(characters.start());
                ends.add(characters.end());
            }
        }
        return new FoldedText(
                folded.toString(), starts.build().toArray(), ends.build().toArray());
    }

    private static void append(String character, StringBuilder folded) {
        if (!character.isBlank()) {
            folded.append(foldOne(character));
        } else if (folded.isEmpty() || folded.charAt(folded.length() - 1) != ' ') {
            folded.append(' ');
        }
    }

    /** By way of upper case, letters meet that have several lower forms; a capital ß has itself for one. */
    private static String foldOne(String character) {
        String cased = Normalizer.normalize(character, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(cased, Normalizer.Form.NFKC);
    }

    public String text() {
        return text;
    }

    /** Where the character at this index begins in the original. */
    public int originalStart(int index) {
        return starts[index];
    }

    /** Where the character before this index ends in the original. */
    public int originalEnd(int index) {
        return ends[index - 1];
    }
}
