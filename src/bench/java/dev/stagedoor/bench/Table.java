package dev.stagedoor.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results, in Markdown. */
final class Table {

    private static final String NONE = "–";

    private final List<String[]> rows = new ArrayList<>();

    Table() {
        rows.add(new String[] {"what", "Stagedoor native", "Stagedoor JVM", "baseline", "ratio native · JVM"});
        rows.add(new String[] {":---", "---:", "---:", "---:", "---:"});
    }

    void addAll(List<String[]> more) {
        rows.addAll(more);
    }

    /**
     * A row of one figure.
     *
     * @param byBuild the figure of each build, by its name
     * @param format of a figure, as for printf
     * @param baseline the figure to compare with, or NaN where there is none
     */
    static String[] row(String what, Map<String, Double> byBuild, String format, double baseline) {
        double ofNative = byBuild.getOrDefault(Build.NATIVE, Double.NaN);
        double ofJvm = byBuild.getOrDefault(Build.JVM, Double.NaN);
        return new String[] {
            what,
            figure(format, ofNative),
            figure(format, ofJvm),
            figure(format, baseline),
            Double.isNaN(baseline)
                    ? NONE
                    : figure("%.2f", ofNative / baseline) + " · " + figure("%.2f", ofJvm / baseline)
        };
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    String toMarkdown() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            Arrays.setAll(widths, column -> Math.max(widths[column], row[column].length()));
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < row.length; column++) {
            String sign = column == 0 ? "-" : "";
            line.append(String.format(" %" + sign + widths[column] + "s |", row[column]));
        }
        return line.append('\n').toString();
    }
}
