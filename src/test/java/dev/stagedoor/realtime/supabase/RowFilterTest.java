package dev.stagedoor.realtime.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTest {

    private static final String ID = "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c";

    private static final List<Column> COLUMNS = List.of(
            new Column("id", Column.Type.UUID),
            new Column("seq", Column.Type.INTEGER),
            new Column("text", Column.Type.TEXT),
            new Column("is_on", Column.Type.BOOLEAN),
            new Column("sent_at", Column.Type.TIME),
            new Column("note", Column.Type.TEXT));

    private static final JsonObject ROW = new JsonObject()
            .put("id", ID)
            .put("seq", 10)
            .put("text", "b.c,d=eq.e")
            .put("is_on", true)
            .put("sent_at", "2026-05-01T20:00:00Z")
            .putNull("note");

    private static RowFilter parse(String text) {
        return RowFilter.parse(text, COLUMNS);
    }

    private static boolean matches(String filter) {
        return parse(filter).matches(new RowChange(RowChange.Kind.INSERT, ROW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id=eq." + ID,
                "id=eq.0199B2D4-7C7E-7A52-9D0A-0F6F6D1A2B3C",
                "id=neq.0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3d",
                "id=in.(" + ID + ")",
                "seq=eq.10",
                "seq=eq.10.0",
                "seq=neq.9",
                "seq=gt.9",
                "seq=gte.10",
                "seq=lt.11",
                "seq=lte.10",
                "seq=in.(1,10,2)",
                "text=eq.b.c,d=eq.e",
                "text=gt.a",
                "is_on=eq.true",
                "is_on=eq.t",
                "is_on=neq.false",
                "sent_at=eq.2026-05-01T22:00:00+02:00",
                "sent_at=lt.2026-05-01T20:00:01Z"
            })
    void aRowPasses(String filter) {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id=eq.0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3d",
                "seq=eq.9",
                "seq=neq.10",
                "seq=gt.10",
                "seq=gt.9223372036854775808",
                "seq=lt.10",
                "seq=in.(1,2)",
                "text=eq.",
                "text=in.()",
                "is_on=eq.false",
                "note=eq.",
                "note=neq.a",
                "sent_at=gt.2026-05-01T20:00:00Z"
            })
    void aRowDoesNotPass(String filter) {
        assertThat(matches(filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "=",
                "seq",
                "seq=10",
                "seq=eq",
                "seq=like.1",
                "other=eq.1",
                "seq=eq.x",
                "seq=eq.",
                "seq=eq.1e999999999",
                "seq=in.1",
                "seq=in.(1",
                "seq=in.()",
                "id=eq.1",
                "is_on=eq.yes",
                "sent_at=eq.today",
                "SEQ=eq.1",
                "seq=not.eq.1"
            })
    void whatIsNoFilterIsRefused(String filter) {
        assertThatThrownBy(() -> parse(filter)).isInstanceOf(Refusal.class);
    }

    @Test
    void tooMuchIsRefused() {
        assertThatThrownBy(() -> parse("seq=in.(" + "1,".repeat(100) + "1)")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> parse("text=eq." + "x".repeat(1001))).isInstanceOf(Refusal.class);
    }

    @Test
    void aDeletedRowPassesWhereTheColumnIsNotKnown() {
        RowChange deleted = new RowChange(RowChange.Kind.DELETE, new JsonObject().put("id", ID));

        assertThat(parse("seq=eq.9").matches(deleted)).isTrue();
        assertThat(parse("id=neq." + ID).matches(deleted)).isFalse();
    }

    @Test
    void aValueOfAnotherTypePassesNowhere() {
        RowChange odd = new RowChange(
                RowChange.Kind.INSERT, new JsonObject().put("seq", "x").put("id", 7));

        assertThat(parse("seq=neq.9").matches(odd)).isFalse();
        assertThat(parse("id=neq." + ID).matches(odd)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"id=eq." + ID + ", " + ID, "id=neq." + ID + ",", "seq=eq.1,"})
    void onlyEqualityTellsTheValue(String filter, String value) {
        assertThat(parse(filter).valueOf("id").orElse(null)).isEqualTo(value);
    }

    @Test
    void noFilterLetsAllPass() {
        assertThat(RowFilter.NONE.matches(new RowChange(RowChange.Kind.INSERT, ROW)))
                .isTrue();
        assertThat(RowFilter.NONE.valueOf("id")).isEmpty();
    }
}
