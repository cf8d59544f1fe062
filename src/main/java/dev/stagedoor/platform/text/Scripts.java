package dev.stagedoor.platform.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What is known of the letters of the world's scripts. */
public final class Scripts {

    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO);

    /** Prolongs a vowel of Katakana, though it belongs to no script. */
    private static final int PROLONGED = 'ー';

    private Scripts() {}

    /** Whether a code point is of a script whose words are often not parted by spaces. */
    public static boolean isUnspaced(int point) {
        return point == PROLONGED || UNSPACED.contains(UnicodeScript.of(point));
    }

    /** Whether a code point is a part of words: a letter, a digit, or a mark on one. */
    public static boolean isOfWord(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
