package dev.stagedoor.chat.search;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.text.Scripts;
import dev.stagedoor.platform.text.SearchableText;
import dev.stagedoor.platform.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What someone looks for: all of these must be so.
 *
 * @param after exclusive, as {@code before} is; null where any time will do
 */
record SearchQuery(
        List<Term> terms, List<Named> authors, List<Named> channels, List<Link> links, Instant after, Instant before) {

    private static final String FIELD = "q";
    private static final int MAX_CONDITIONS = 10;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Something quoted, or what stands between spaces; perhaps negated, perhaps said of what it is. */
    private static final Pattern CONDITION = Pattern.compile(
            "(?<not>-)?(?:(?<operator>from|in|before|after|has):)?(?:[\"“”](?<quoted>[^\"“”]*)[\"“”]?|(?<word>\\S+))",
            Pattern.CASE_INSENSITIVE);

    /**
     * Text that a message has.
     *
     * @param isWord whether other forms of the word will do
     */
    record Term(SearchableText text, boolean isWord, boolean isNegated) {}

    /** Someone or something by its name, in lower case. */
    record Named(String name, boolean isNegated) {}

    /** That a message has a link. */
    record Link(boolean isNegated) {}

    /** Fails with 400 where it holds nothing to look for, or what cannot be understood. */
    static SearchQuery parse(String text) {
        SearchQuery query = new Parser().parse(text);
        int conditions = query.terms.size() + query.authors.size() + query.channels.size() + query.links.size();
        if (conditions == 0 && query.after == null && query.before == null) {
            throw invalid("must hold a word to look for");
        }
        if (conditions > MAX_CONDITIONS) {
            throw invalid("must hold at most " + MAX_CONDITIONS + " conditions");
        }
        return query;
    }

    private static ApiException invalid(String rule) {
        return ApiException.invalid(FIELD, rule);
    }

    List<Term> wanted() {
        return terms.stream().filter(term -> !term.isNegated()).toList();
    }

    private static final class Parser {

        private final List<Term> terms = new ArrayList<>();
        private final List<Named> authors = new ArrayList<>();
        private final List<Named> channels = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private Instant after;
        private Instant before;

        SearchQuery parse(String text) {
            Matcher conditions = CONDITION.matcher(text);
            while (conditions.find()) {
                boolean isQuoted = conditions.group("quoted") != null;
                add(
                        conditions.group("operator"),
                        isQuoted ? conditions.group("quoted") : conditions.group("word"),
                        isQuoted,
                        conditions.group("not") != null);
            }
            return new SearchQuery(terms, authors, channels, links, after, before);
        }

        private void add(String operator, String value, boolean isQuoted, boolean isNegated) {
            switch (operator == null ? "" : operator.toLowerCase(Locale.ROOT)) {
                case "from" -> authors.add(new Named(lowerCase(value), isNegated));
                case "in" -> channels.add(new Named(lowerCase(value), isNegated));
                case "has" -> links.add(link(value, isNegated));
                case "before" -> before = earlier(before, time("before", value, isNegated, 0));
                case "after" -> after = later(after, time("after", value, isNegated, 1));
                default -> addTerm(value, isQuoted, isNegated);
            }
        }

        private static String lowerCase(String name) {
            return (name.startsWith("@") || name.startsWith("#") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
        }

        private static Link link(String value, boolean isNegated) {
            if (!value.equalsIgnoreCase("link")) {
                throw invalid("knows has:link, not has:" + value);
            }
            return new Link(isNegated);
        }

        /** Of a day its beginning, in UTC, or that of one some days later; its last instant before, as both ends are exclusive. */
        private static Instant time(String operator, String value, boolean isNegated, int days) {
            if (isNegated) {
                throw invalid("has no -" + operator + ":, but before: and after:");
            }
            try {
                return requireKnown(
                        value.contains("T")
                                ? Rfc3339.parse(value).toInstant()
                                : LocalDate.parse(value)
                                        .plusDays(days)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()
                                        .minusMillis(days));
            } catch (DateTimeException e) {
                throw invalid(operator
                        + ": needs a day, such as 2026-05-01, or a time of RFC 3339, from the years 1970 to 9999");
            }
        }

        private static Instant requireKnown(Instant time) {
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
                throw new DateTimeException("out of range");
            }
            return time;
        }

        private static Instant earlier(Instant one, Instant other) {
            return one != null && one.isBefore(other) ? one : other;
        }

        private static Instant later(Instant one, Instant other) {
            return one != null && one.isAfter(other) ? one : other;
        }

        private void addTerm(String value, boolean isQuoted, boolean isNegated) {
            SearchableText text = SearchableText.toFind(value);
            if (!text.grams().isEmpty()) {
                boolean isWord = !isQuoted && text.folded().codePoints().allMatch(Scripts::isOfWord);
                terms.add(new Term(text, isWord, isNegated));
            }
        }
    }
}
