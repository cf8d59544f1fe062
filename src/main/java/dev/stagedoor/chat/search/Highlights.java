package dev.stagedoor.chat.search;

import dev.stagedoor.chat.search.SearchQuery.Term;
import dev.stagedoor.platform.text.FoldedText;
import dev.stagedoor.platform.text.Scripts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where in a text what was looked for is. */
final class Highlights {

    /** What PostgreSQL puts around the forms of a word: control characters, which no message has. */
    static final char BEGIN = '\u0002';

    static final char END = '\u0003';

    private static final Pattern MARKED = Pattern.compile(BEGIN + "([^" + BEGIN + END + "]+)" + END);

    private final FoldedText text;
    private final List<HighlightView> found = new ArrayList<>();

    private Highlights(String text) {
        this.text = FoldedText.of(text);
    }

    /**
     * Parts that neither touch nor overlap, in their order.
     *
     * @param marked the folded text with its words marked, or null
     */
    static List<HighlightView> in(String text, List<Term> terms, String marked) {
        Highlights highlights = new Highlights(text);
        terms.forEach(term -> highlights.add(term.text().folded(), isShort(term)));
        forms(marked).forEach(form -> highlights.add(form, true));
        return highlights.merged();
    }

    /** Of one or two letters, which are found as words alone. */
    private static boolean isShort(Term term) {
        return term.isWord()
                && term.text().grams().size() == 1
                && term.text().folded().codePoints().count() < 3;
    }

    private static Set<String> forms(String marked) {
        return marked == null
                ? Set.of()
                : MARKED.matcher(marked).results().map(form -> form.group(1)).collect(Collectors.toSet());
    }

    private void add(String part, boolean isWhole) {
        Pattern.compile(part, Pattern.LITERAL)
                .matcher(text.text())
                .results()
                .filter(match -> !isWhole || isWhole(match))
                .map(match -> new HighlightView(text.originalStart(match.start()), text.originalEnd(match.end())))
                .forEach(found::add);
    }

    private boolean isWhole(MatchResult match) {
        String folded = text.text();
        boolean begins = match.start() == 0 || !Scripts.isOfWord(folded.codePointBefore(match.start()));
        boolean ends = match.end() == folded.length() || !Scripts.isOfWord(folded.codePointAt(match.end()));
        return begins && ends;
    }

    private List<HighlightView> merged() {
        found.sort(Comparator.comparingInt(HighlightView::start));
        List<HighlightView> merged = new ArrayList<>();
        for (HighlightView next : found) {
            int last = merged.size() - 1;
            if (last >= 0 && next.start() <= merged.get(last).end()) {
                merged.set(last, merged.get(last).upTo(next.end()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
