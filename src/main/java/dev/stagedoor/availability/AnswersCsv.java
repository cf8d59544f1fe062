package dev.stagedoor.availability;

import dev.stagedoor.availability.EventExportView.ExportedParticipant;
import dev.stagedoor.availability.GroupEventView.SlotView;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people answered as CSV (RFC 4180): a line for each slot, a column for everyone. */
final class AnswersCsv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * What spreadsheets take for the beginning of a formula, in both widths (OWASP, CSV Injection).
     */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private AnswersCsv() {}

    /** With a byte order mark, without which some spreadsheets take names for another encoding. */
    static String of(EventExportView export) {
        List<BitSet> yes = bits(export, ExportedParticipant::yes);
        List<BitSet> ifNeeded = bits(export, ExportedParticipant::ifNeeded);
        StringBuilder csv = new StringBuilder(BYTE_ORDER_MARK);
        Stream<String> names = export.participants().stream().map(AnswersCsv::name);
        addLine(csv, Stream.concat(Stream.of("day", "start", "end", "yes", "ifNeeded"), names));
        for (int i = 0; i < export.slots().size(); i++) {
            addSlot(csv, export.slots().get(i), i, yes, ifNeeded);
        }
        return csv.toString();
    }

    private static List<BitSet> bits(EventExportView export, Function<ExportedParticipant, String> encoded) {
        return export.participants().stream()
                .map(each ->
                        Positions.decode(encoded.apply(each), export.slots().size()))
                .toList();
    }

    private static String name(ExportedParticipant participant) {
        return participant.name() == null ? participant.id().toString() : participant.name();
    }

    private static void addSlot(
            StringBuilder csv, SlotView slot, int position, List<BitSet> yes, List<BitSet> ifNeeded) {
        Stream.Builder<String> cells = Stream.builder();
        cells.add(slot.day() == null ? "" : slot.day()).add(slot.start()).add(slot.end());
        cells.add(count(yes, position)).add(count(ifNeeded, position));
        for (int i = 0; i < yes.size(); i++) {
            String otherwise = ifNeeded.get(i).get(position) ? "if needed" : "";
            cells.add(yes.get(i).get(position) ? "yes" : otherwise);
        }
        addLine(csv, cells.build());
    }

    private static String count(List<BitSet> answers, int position) {
        return Long.toString(
                answers.stream().filter(answer -> answer.get(position)).count());
    }

    private static void addLine(StringBuilder csv, Stream<String> cells) {
        csv.append(cells.map(AnswersCsv::cell).collect(Collectors.joining(",", "", "\r\n")));
    }

    /** Quoted; what would be a formula begins with an apostrophe, and is a text by that. */
    static String cell(String text) {
        String visible = text.stripLeading();
        boolean isFormula = !visible.isEmpty() && FORMULA.indexOf(visible.charAt(0)) >= 0;
        return "\"" + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
