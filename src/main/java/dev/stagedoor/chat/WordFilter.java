package dev.stagedoor.chat;

import dev.stagedoor.platform.text.FoldedText;
import dev.stagedoor.platform.text.Scripts;

/** Makes words of texts be found by a plain search: between single spaces. */
public final class WordFilter {

    private WordFilter() {}

    /** A folded text with one space wherever it has no words, at both ends too. */
    static String wordsOf(String folded) {
        StringBuilder words = new StringBuilder(folded.length() + 2);
        boolean isBetween = true;
        words.append(' ');
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int point = folded.codePointAt(i);
            boolean isOfWord = Scripts.isOfWord(point);
            if (isOfWord) {
                words.appendCodePoint(point);
            } else if (!isBetween) {
                words.append(' ');
            }
            isBetween = !isOfWord;
        }
        return isBetween ? words.toString() : words.append(' ').toString();
    }

    /**
     * What to look for in the words of a text, blank where there is nothing; a word of a script without spaces may stand
     * anywhere.
     */
    public static String patternOf(String word) {
        String words = wordsOf(FoldedText.fold(word));
        return words.codePoints().anyMatch(Scripts::isUnspaced) ? words.strip() : words;
    }
}
