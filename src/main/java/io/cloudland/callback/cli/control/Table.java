package io.cloudland.callback.cli.control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for people, at most 120 columns wide. The first column is shown whole, so that it can be copied; the last one
 * gets what the others leave. Texts come from receivers and senders too, so whatever could steer a terminal is replaced.
 */
final class Table {

    private static final int WIDTH = 120;
    private static final int LONGEST_CELL = 18;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    Table row(Object... cells) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            String text = printable(String.valueOf(cells[i]));
            boolean bounded = i > 0 && i < cells.length - 1;
            texts.add(bounded ? cut(text, LONGEST_CELL) : text);
        }
        rows.add(texts);
        return this;
    }

    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, Math.max(0, longest - 1)) + "…";
    }

    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns).map(this::widest).toArray();
        int before = IntStream.of(widths).limit(columns - 1L).sum() + GAP.length() * (columns - 1);
        widths[columns - 1] = Math.min(widths[columns - 1], Math.max(1, WIDTH - before));
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> padded(cut(row.get(i), widths[i]), widths[i]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
