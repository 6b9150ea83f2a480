package org.naivechain.cli;

import java.util.Locale;
import java.util.Map;
import org.naivechain.node.Consensus;
import org.naivechain.simulation.Comparison;
import org.naivechain.simulation.Scenario;

/** Draws how long users waited, as an SVG: a bar for each engine and scenario, on a logarithmic scale. */
final class ComparisonPicture {
    private static final int LEFT = 190;
    private static final int WIDTH = 400;
    private static final int RIGHT = 170;
    private static final int ROW = 18;
    private static final int BAR = 13;
    private static final int GAP = 10;
    private static final int TOP = 50;
    private static final int DECADES = 4;
    private static final double SHORTEST_MILLIS = 10;

    private static final Map<Consensus, String> COLORS = Map.of(
            Consensus.MAJORITY, "#2f7d4f",
            Consensus.NAIVE, "#98a2b3",
            Consensus.WORK, "#b54708",
            Consensus.STAKE, "#1f5fa8");

    private final StringBuilder svg = new StringBuilder();

    private ComparisonPicture() {}

    static String of(Comparison comparison) {
        return new ComparisonPicture().draw(comparison);
    }

    private String draw(Comparison comparison) {
        int scenarios = (int) comparison.rows().stream()
                .map(Comparison.Row::scenario)
                .distinct()
                .count();
        int bottom = TOP + ROW * comparison.rows().size() + GAP * (scenarios - 1);
        text(LEFT, 20, "start", "How long half of the adds took at the most, in seconds");
        for (int decade = 0; decade <= DECADES; decade++) {
            int x = LEFT + WIDTH * decade / DECADES;
            add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#d0d5dd\"/>", x, TOP - 6, x, bottom);
            double seconds = SHORTEST_MILLIS * Math.pow(10, decade) / 1e3;
            text(x, TOP - 12, "middle", seconds < 1 ? "" + seconds : "" + Math.round(seconds));
        }
        int y = TOP;
        Scenario last = null;
        for (Comparison.Row row : comparison.rows()) {
            if (row.scenario() != last) {
                y += last == null ? 0 : GAP;
                last = row.scenario();
                text(10, y + BAR - 2, "start", row.scenario().toString());
            }
            bar(row, y);
            y += ROW;
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\"><rect width=\"100%%\" height=\"100%%\" fill=\"#fcfcfa\"/>%s</svg>%n",
                LEFT + WIDTH + RIGHT,
                bottom + GAP,
                svg);
    }

    private void bar(Comparison.Row row, int y) {
        text(LEFT - 10, y + BAR - 2, "end", row.engine().toString());
        double millis = row.answer().map(answer -> (double) answer.toMillis()).orElse(0.0);
        double share = Math.log10(Math.max(millis, SHORTEST_MILLIS) / SHORTEST_MILLIS) / DECADES;
        long width = Math.max(2, Math.round(Math.min(1, share) * WIDTH));
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                LEFT, y, width, BAR, COLORS.get(row.engine()));
        String adds = row.adds() == 0 ? "nothing was answered" : row.adds() + " answered";
        text(LEFT + width + 6, y + BAR - 2, "start", adds + (row.undone() == 0 ? "" : ", " + row.undone() + " undone"));
    }

    private void text(long x, int y, String anchor, String words) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#1f2933\">%s</text>", x, y, anchor, words);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
