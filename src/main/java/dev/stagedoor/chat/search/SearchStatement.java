package dev.stagedoor.chat.search;

import dev.stagedoor.chat.ChatRows;
import dev.stagedoor.chat.search.SearchQueries.Search;
import dev.stagedoor.chat.search.SearchQuery.Link;
import dev.stagedoor.chat.search.SearchQuery.Named;
import dev.stagedoor.chat.search.SearchQuery.Term;
import dev.stagedoor.platform.metrics.AdHoc;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The one statement that a search is, put together of fixed parts and parameters. */
final class SearchStatement {

    /** Of the newest messages: what so many have none or few of is rare enough for its index. */
    private static final int WALKED = 4_000;

    private static final int TIMESTAMP_SHIFT = 16;

    private final Tuple parameters = Tuple.tuple();
    private final List<String> conditions = new ArrayList<>();
    private final String before;
    private final String rows;
    private final String userId;
    private final boolean isByText;
    private final String words;

    private SearchStatement(Search search) {
        SearchQuery query = search.query();
        this.before = parameter(search.before());
        this.rows = parameter(search.rows());
        this.userId = parameter(search.userId());
        this.isByText = !query.wanted().isEmpty();
        this.words = words(query);
        conditions.add("s.channel_id = ANY (" + parameter(search.channelIds().toArray(UUID[]::new)) + ")");
        conditions.add("s.author_id NOT IN (SELECT user_id FROM chat_erasure)");
        addTime(query);
        query.links().forEach(this::addLink);
        query.authors().forEach(this::addAuthor);
        query.terms().forEach(this::addTerm);
    }

    static SearchStatement of(Search search) {
        return new SearchStatement(search);
    }

    private String parameter(Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }

    /** Ids of version 7 begin with their time (RFC 9562, section 5.7). */
    private void addTime(SearchQuery query) {
        if (query.before() != null) {
            conditions.add("s.id < " + parameter(firstId(query.before())));
        }
        if (query.after() != null) {
            conditions.add("s.id >= " + parameter(firstId(query.after().plusMillis(1))));
        }
    }

    private static UUID firstId(Instant time) {
        return new UUID(time.toEpochMilli() << TIMESTAMP_SHIFT, 0);
    }

    private void addLink(Link link) {
        conditions.add(link.isNegated() ? "NOT s.has_link" : "s.has_link");
    }

    private void addAuthor(Named author) {
        conditions.add("s.author_id " + (author.isNegated() ? "IS DISTINCT FROM" : "=")
                + " (SELECT id FROM app_user WHERE lower(username) = " + parameter(author.name()) + ")");
    }

    /** Grams find it, the text confirms that they stand together. */
    private void addTerm(Term term) {
        String part = "s.text LIKE " + parameter(pattern(term)) + " AND s.grams @> "
                + parameter(term.text().gramArray());
        String found = term.isWord() ? "(" + part + " OR s.words @@ " + forms(term) + ")" : "(" + part + ")";
        conditions.add(term.isNegated() ? "NOT " + found : found);
    }

    private static String pattern(Term term) {
        return "%" + term.text().folded().replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    private String forms(Term term) {
        return "plainto_tsquery('english', " + parameter(term.text().folded()) + ")";
    }

    private String words(SearchQuery query) {
        return query.wanted().stream().filter(Term::isWord).map(this::forms).collect(Collectors.joining(" || "));
    }

    Tuple parameters() {
        return parameters;
    }

    String sql() {
        return AdHoc.MARK + (isByText ? byText() : byOrder()) + page();
    }

    /** Frequent texts are found on the way back in time, rare ones by their indexes: neither reads the whole table. */
    private String byText() {
        return """
                WITH recent AS MATERIALIZED (
                    SELECT id
                    FROM (SELECT * FROM message_search WHERE id < %1$s ORDER BY id DESC LIMIT %4$d) s
                    WHERE %3$s
                    ORDER BY id DESC
                    LIMIT %2$s
                ), every AS MATERIALIZED (
                    SELECT id FROM message_search s WHERE (SELECT count(*) FROM recent) < %2$s AND id < %1$s AND %3$s
                ), found AS (
                    SELECT id FROM recent WHERE (SELECT count(*) FROM recent) >= %2$s
                    UNION ALL
                    SELECT id FROM every
                    ORDER BY id DESC
                    LIMIT %2$s
                )
                """.formatted(before, rows, String.join(" AND ", conditions), WALKED);
    }

    private String byOrder() {
        return """
                WITH found AS MATERIALIZED (
                    SELECT id FROM message_search s WHERE id < %s AND %s ORDER BY id DESC LIMIT %s
                )
                """.formatted(before, String.join(" AND ", conditions), rows);
    }

    /** Who has left meanwhile reads nothing. */
    private String page() {
        return """
                SELECT %s, c.name AS channel_name, %s AS marked
                FROM found
                JOIN message m ON m.id = found.id
                JOIN message_search s ON s.id = found.id
                JOIN membership own ON own.channel_id = m.channel_id AND own.user_id = %s
                JOIN channel c ON c.id = m.channel_id
                JOIN app_user u ON u.id = m.author_id
                ORDER BY found.id DESC
                """.formatted(ChatRows.MESSAGE_COLUMNS, marked(), userId);
    }

    private String marked() {
        return words.isEmpty()
                ? "NULL::text"
                : "ts_headline('english', s.text, " + words + ", 'HighlightAll=true,StartSel=' || chr("
                        + (int) Highlights.BEGIN + ") || ',StopSel=' || chr(" + (int) Highlights.END + "))";
    }
}
