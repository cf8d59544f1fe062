package dev.stagedoor.chat.search;

import java.util.List;

/** A piece of a text around the first of what was found in it. */
record Snippet(String text, List<HighlightView> highlights) {

    private static final int MAX_LENGTH = 240;
    private static final int LEAD = 60;
    private static final String ELLIPSIS = "…";

    static Snippet of(String text, List<HighlightView> highlights) {
        if (text.length() <= MAX_LENGTH) {
            return new Snippet(text, highlights);
        }
        int first = highlights.isEmpty() ? 0 : highlights.get(0).start();
        int start = wholeCharacter(text, Math.max(0, Math.min(first - LEAD, text.length() - MAX_LENGTH)));
        int end = wholeCharacter(text, Math.min(text.length(), start + MAX_LENGTH));
        String lead = start == 0 ? "" : ELLIPSIS;
        String cut = lead + text.substring(start, end) + (end == text.length() ? "" : ELLIPSIS);
        return new Snippet(cut, shown(highlights, start, end, lead.length() - start));
    }

    private static int wholeCharacter(String text, int index) {
        boolean splits = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
        return splits ? index - 1 : index;
    }

    private static List<HighlightView> shown(List<HighlightView> highlights, int start, int end, int shift) {
        return highlights.stream()
                .filter(highlight -> highlight.start() < end && highlight.end() > start)
                .map(highlight -> new HighlightView(
                        Math.max(start, highlight.start()) + shift, Math.min(end, highlight.end()) + shift))
                .toList();
    }
}
