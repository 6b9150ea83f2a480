package org.naivechain.notebooks;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.naivechain.notebooks.Svg.Look;

/** Slots of time as boxes in rows, one below the other: each owner has a colour, and a slot of nobody has none. */
final class Slots {
    private static final double WIDTH = 12.5;
    private static final double HEIGHT = 22;
    private static final double LETTER = 7.5;
    private static final double HEAD = 16;
    private static final int TICK = 10;
    private static final Look NOBODY = new Look("#ffffff", "#d5dae1");

    private Slots() {}

    static Picture of(long first, Map<String, List<String>> rows) {
        List<String> owners = rows.values().stream()
                .flatMap(List::stream)
                .filter(owner -> !owner.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        double left = 12
                + LETTER * rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        int most = rows.values().stream().mapToInt(List::size).max().orElse(0);
        Svg svg = new Svg();
        for (int i = 0; i < most; i += TICK) {
            svg.text(left + i * WIDTH, 10, 10, "start", Svg.PALE_INK, String.valueOf(first + i));
        }
        double y = HEAD;
        for (Map.Entry<String, List<String>> row : rows.entrySet()) {
            svg.text(0, y + 15, row.getKey());
            for (int i = 0; i < row.getValue().size(); i++) {
                String owner = row.getValue().get(i);
                Look look =
                        owner.isEmpty() ? NOBODY : Chains.BRANCHES.get(owners.indexOf(owner) % Chains.BRANCHES.size());
                svg.box(left + i * WIDTH, y, WIDTH - 1.5, HEIGHT, look);
                svg.text(left + i * WIDTH + WIDTH / 2 - 0.75, y + 15, 10, "middle", look.line(), owner);
            }
            y += HEIGHT + 6;
        }
        return svg.picture(rows.entrySet().stream()
                .map(row -> row.getKey() + ": "
                        + row.getValue().stream()
                                .map(owner -> owner.isEmpty() ? "." : owner)
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n")));
    }
}
