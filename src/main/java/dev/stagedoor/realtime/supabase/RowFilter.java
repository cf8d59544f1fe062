package dev.stagedoor.realtime.supabase;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which rows a client asks for: {@code column=operator.value}, as in {@code id=eq.7} or {@code seq=in.(1,2)}. */
public final class RowFilter {

    /** All rows. */
    static final RowFilter NONE = new RowFilter(null, null, List.of());

    private static final Pattern FORM = Pattern.compile("([a-z_]{1,63})=(eq|neq|lt|lte|gt|gte|in)\\.(.{0,1000})");
    private static final int MAX_VALUES = 100;

    private final Column column;
    private final String operator;
    private final List<Comparable<?>> values;

    private RowFilter(Column column, String operator, List<Comparable<?>> values) {
        this.column = column;
        this.operator = operator;
        this.values = values;
    }

    /** Reads a filter of a table with these columns; fails with a {@link Refusal} for what is none. */
    static RowFilter parse(String text, List<Column> columns) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Refusal("the filter is not column=operator.value with eq, neq, lt, lte, gt, gte or in");
        }
        Column column = columns.stream()
                .filter(known -> known.name().equals(form.group(1)))
                .findFirst()
                .orElseThrow(() -> new Refusal("the filter's column is not of the table"));
        String operator = form.group(2);
        return new RowFilter(
                column,
                operator,
                texts(operator, form.group(3))
                        .<Comparable<?>>map(value -> read(value, column))
                        .toList());
    }

    private static Stream<String> texts(String operator, String value) {
        if (!operator.equals("in")) {
            return Stream.of(value);
        }
        if (!value.startsWith("(") || !value.endsWith(")")) {
            throw new Refusal("the values of in are not in parentheses");
        }
        String[] values = value.substring(1, value.length() - 1).split(",", MAX_VALUES + 1);
        if (values.length > MAX_VALUES) {
            throw new Refusal("in has more than " + MAX_VALUES + " values");
        }
        return Stream.of(values);
    }

    private static Comparable<?> read(String text, Column column) {
        try {
            return value(text, column.type());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new Refusal("the filter's value is not of the type of its column");
        }
    }

    private static Comparable<?> value(String text, Column.Type type) {
        return switch (type) {
            case BOOLEAN -> truth(text);
            case INTEGER -> number(text);
            case TEXT -> text;
            case TIME -> OffsetDateTime.parse(text).toInstant();
            // The order of their bytes is that of their texts, not that of Java's UUIDs.
            case UUID -> UUID.fromString(text).toString();
        };
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true", "t" -> true;
            case "false", "f" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static BigDecimal number(String text) {
        if (text.length() > 40 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new IllegalArgumentException(text);
        }
        return new BigDecimal(text);
    }

    /** The value that this column must equal, in the form that it has in texts; empty where others pass. */
    public Optional<String> valueOf(String columnName) {
        return column != null && column.name().equals(columnName) && operator.equals("eq")
                ? Optional.of(values.get(0).toString())
                : Optional.empty();
    }

    /** Whether the row passes. Of a deleted row not all may be known: what is not known does not count. */
    boolean matches(RowChange change) {
        JsonObject row = change.row();
        if (column == null || (change.kind() == RowChange.Kind.DELETE && !row.containsKey(column.name()))) {
            return true;
        }
        Object value = row.getValue(column.name());
        return value != null && passes(value);
    }

    /** What is not of its column's type passes nowhere. */
    private boolean passes(Object value) {
        try {
            return passes(value(value.toString(), column.type()));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return false;
        }
    }

    private boolean passes(Comparable<?> value) {
        return switch (operator) {
            case "eq" -> compare(value) == 0;
            case "neq" -> compare(value) != 0;
            case "lt" -> compare(value) < 0;
            case "lte" -> compare(value) <= 0;
            case "gt" -> compare(value) > 0;
            case "gte" -> compare(value) >= 0;
            default -> values.stream().anyMatch(one -> compare(value, one) == 0);
        };
    }

    private int compare(Comparable<?> value) {
        return compare(value, values.get(0));
    }

    @SuppressWarnings("unchecked") // Both were read as values of the column's type.
    private static int compare(Comparable<?> value, Comparable<?> other) {
        return ((Comparable<Object>) value).compareTo(other);
    }
}
