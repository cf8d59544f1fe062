package dev.stagedoor.platform.text;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Short pieces of a text, by which parts of words are found: three letters that follow each other; of scripts that part no
 * words by spaces, each letter and each two; words of one or two letters whole; symbols, such as emoji, each.
 *
 * <p>A piece is a number made of its code points; two pieces with one number are as good as never met.
 */
final class Grams {

    private static final int LETTERS = 3;
    private static final int PRIME = 0x01000193;

    private final int[] points;
    private final boolean isQuery;
    private final Set<Integer> grams = new LinkedHashSet<>();

    /** Of few letters at the ends of what is looked for, which may be those of longer words: they count where nothing else does. */
    private final Set<Integer> edges = new LinkedHashSet<>();

    private Grams(String folded, boolean isQuery) {
        this.points = folded.codePoints().toArray();
        this.isQuery = isQuery;
    }

    /** All that a text is found by. */
    static Set<Integer> of(String folded) {
        return new Grams(folded, false).gather();
    }

    /** The fewest that a text must have to hold this one. */
    static Set<Integer> toFind(String folded) {
        return new Grams(folded, true).gather();
    }

    private enum Kind {
        SEPARATOR,
        LETTER,
        UNSPACED_LETTER,
        SYMBOL;

        static Kind of(int point) {
            if (Scripts.isUnspaced(point)) {
                return UNSPACED_LETTER;
            }
            if (Scripts.isOfWord(point)) {
                return LETTER;
            }
            return Character.getType(point) == Character.OTHER_SYMBOL ? SYMBOL : SEPARATOR;
        }
    }

    private Set<Integer> gather() {
        int start = 0;
        while (start < points.length) {
            Kind kind = Kind.of(points[start]);
            int end = start + 1;
            while (end < points.length && Kind.of(points[end]) == kind) {
                end++;
            }
            addRun(kind, start, end);
            start = end;
        }
        return grams.isEmpty() ? edges : grams;
    }

    private void addRun(Kind kind, int start, int end) {
        switch (kind) {
            case LETTER -> addLetters(start, end);
            case UNSPACED_LETTER -> addUnspaced(start, end);
            case SYMBOL -> addWindows(grams, start, end, 1);
            case SEPARATOR -> {
                // Nobody looks for these alone.
            }
        }
    }

    private void addLetters(int start, int end) {
        boolean isAtEdge = start == 0 || end == points.length;
        if (isQuery && isAtEdge && end - start < LETTERS) {
            addWindows(edges, start, end, end - start);
        } else {
            addWindows(grams, start, end, Math.min(LETTERS, end - start));
        }
    }

    private void addUnspaced(int start, int end) {
        if (!isQuery || end - start == 1) {
            addWindows(grams, start, end, 1);
        }
        if (end - start > 1) {
            addWindows(grams, start, end, 2);
        }
    }

    private void addWindows(Set<Integer> to, int start, int end, int length) {
        for (int first = start; first + length <= end; first++) {
            int gram = length;
            for (int i = first; i < first + length; i++) {
                gram = gram * PRIME ^ points[i];
            }
            to.add(gram);
        }
    }
}
