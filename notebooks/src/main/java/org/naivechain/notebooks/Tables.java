package org.naivechain.notebooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows and columns. */
final class Tables {
    private static final Set<String> ALARMS = Set.of("NOBODY", "BROKEN", "broken");

    private Tables() {}

    static Picture of(List<String> header, List<? extends List<?>> rows) {
        StringBuilder html = new StringBuilder("<table><thead><tr>");
        header.forEach(title -> html.append("<th style=\"text-align:left\">")
                .append(Picture.escaped(title))
                .append("</th>"));
        html.append("</tr></thead><tbody>");
        List<List<String>> lines = new ArrayList<>();
        lines.add(header);
        for (List<?> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td style=\"text-align:left")
                    .append(look(cell))
                    .append("\">")
                    .append(Picture.escaped(String.valueOf(cell)))
                    .append("</td>"));
            html.append("</tr>");
            lines.add(row.stream().map(String::valueOf).toList());
        }
        return new Picture(html.append("</tbody></table>").toString(), text(lines));
    }

    /** What should not be is found at a glance. */
    private static String look(Object cell) {
        return ALARMS.contains(String.valueOf(cell))
                ? ";background:" + Svg.Look.BROKEN.fill() + ";color:" + Svg.INK
                : "";
    }

    private static String text(List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                int column = i;
                int width = lines.stream()
                        .filter(other -> other.size() > column)
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                row.append(line.get(i)).append(" ".repeat(width - line.get(i).length() + 2));
            }
            text.append(text.length() == 0 ? "" : "\n").append(row.toString().stripTrailing());
        }
        return text.toString();
    }
}
