package org.naivechain.notebooks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.chain.Verdict;
import org.naivechain.notebooks.Svg.Look;

/** Blocks as boxes: a chain with what is wrong with it, the chains of several nodes, and where they part. */
final class Chains {
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{56}\\b");
    private static final int DIGITS = 8;
    private static final int MOST = 20;
    private static final int PER_ROW = 5;
    private static final double WIDTH = 168;
    private static final double HEIGHT = 84;
    private static final double GAP = 26;
    private static final double SMALL_WIDTH = 104;
    private static final double SMALL_HEIGHT = 40;
    static final List<Look> BRANCHES = List.of(
            new Look("#e3f1e6", "#2f7d4f"),
            new Look("#fdebd3", "#b54708"),
            new Look("#e0ecfb", "#1d5fa8"),
            new Look("#f1e4f7", "#7a3e9d"),
            new Look("#fadbe5", "#a8245c"));

    private Chains() {}

    static String start(Object hash) {
        String text = hash.toString();
        return text.substring(0, Math.min(DIGITS, text.length()));
    }

    /** A text with the first digits of its hashes. */
    static String shortened(String text) {
        return HASH.matcher(text).replaceAll("$1…");
    }

    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** The blocks that a chain keeps, and what is wrong with them: the first bad block red, all after it grey. */
    static Picture of(Chain chain) {
        Verdict verdict = chain.verify();
        long first = Math.max(0, chain.length() - MOST);
        return of(chain.page(first, MOST), verdict);
    }

    /** Blocks as somebody has them, verified as a chain if they begin with block 0. */
    static Picture of(List<Block> blocks) {
        if (blocks.isEmpty()) {
            return new Picture("<i>no blocks</i>", "no blocks");
        }
        if (blocks.get(0).index() != 0) {
            return of(blocks, Verdict.SOUND);
        }
        MemoryBlockStore store = new MemoryBlockStore();
        store.write(0, blocks);
        return of(
                blocks.subList(Math.max(0, blocks.size() - MOST), blocks.size()),
                Chain.over(store).verify());
    }

    private static Picture of(List<Block> blocks, Verdict verdict) {
        Svg svg = new Svg();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            double x = i % PER_ROW * (WIDTH + GAP);
            double y = i / PER_ROW * (HEIGHT + GAP);
            Look look = look(blocks.get(0).index() + i, verdict);
            svg.box(x, y, WIDTH, HEIGHT, look);
            svg.text(x + 10, y + 20, 13, "start", look.line(), "block " + block.index());
            svg.text(x + 10, y + 38, "previous " + start(block.previousHash()));
            svg.text(x + 10, y + 55, cut(block.data().literal(), 20));
            svg.text(x + 10, y + 73, "hash     " + start(block.hash()));
            if (i % PER_ROW > 0) {
                svg.arrow(x, y + 34, x - GAP, y + 69, look.line());
            } else if (i > 0) {
                svg.text(x - 2, y - 8, 12, "start", Svg.PALE_INK, "↑ continues the row above");
            }
            words.append("%s%d  previous %s  hash %s  %s%s"
                    .formatted(
                            i == 0 ? "" : "\n",
                            block.index(),
                            start(block.previousHash()),
                            start(block.hash()),
                            cut(block.data().literal(), 60),
                            verdict instanceof Verdict.Fault fault
                                            && fault.index() == blocks.get(0).index() + i
                                    ? "  <- here"
                                    : ""));
        }
        if (verdict instanceof Verdict.Fault fault) {
            double below = (blocks.size() + PER_ROW - 1) / PER_ROW * (HEIGHT + GAP);
            String said = shortened(fault.toString());
            svg.text(0, below + 4, 12, "start", Look.BROKEN.line(), said);
            words.append('\n').append(said);
        }
        return svg.picture(words.toString());
    }

    private static Look look(long index, Verdict verdict) {
        return !(verdict instanceof Verdict.Fault fault) || index < fault.index()
                ? Look.SOUND
                : index == fault.index() ? Look.BROKEN : Look.DOUBTFUL;
    }

    /** A row of blocks for each owner: equal blocks have equal colours, a block with a wrong hash is red, a column is an index. */
    static Picture rows(Map<String, List<Block>> chains) {
        long last = chains.values().stream()
                .mapToLong(chain ->
                        chain.isEmpty() ? 0 : chain.get(chain.size() - 1).index())
                .max()
                .orElse(0);
        long first = Math.max(0, last - 5);
        Map<Long, List<Block>> kinds = new TreeMap<>();
        Svg svg = new Svg();
        StringBuilder words = new StringBuilder();
        double y = 0;
        for (Map.Entry<String, List<Block>> each : chains.entrySet()) {
            List<Block> shown = each.getValue().stream()
                    .filter(block -> block.index() >= first)
                    .toList();
            svg.text(0, y + 24, each.getKey());
            if (shown.isEmpty()) {
                svg.text(110, y + 24, 12, "start", Svg.PALE_INK, "does not run");
            }
            for (Block block : shown) {
                Look look = Look.BROKEN;
                if (block.hasRightHash()) {
                    List<Block> kind = kinds.computeIfAbsent(block.index(), none -> new ArrayList<>());
                    if (!kind.contains(block)) {
                        kind.add(block);
                    }
                    look = BRANCHES.get(kind.indexOf(block) % BRANCHES.size());
                }
                double x = 110 + (block.index() - first) * (SMALL_WIDTH + 16);
                small(svg, x, y, block, look, block.index() > first);
            }
            y += SMALL_HEIGHT + 14;
            words.append(words.length() == 0 ? "" : "\n")
                    .append(each.getKey())
                    .append("  ")
                    .append(
                            shown.isEmpty()
                                    ? "does not run"
                                    : shown.stream()
                                            .map(block -> block.index() + ":" + start(block.hash()))
                                            .collect(Collectors.joining("  ")));
        }
        return svg.picture(words.toString());
    }

    private static void small(Svg svg, double x, double y, Block block, Look look, boolean linked) {
        svg.box(x, y, SMALL_WIDTH, SMALL_HEIGHT, look);
        svg.text(x + 7, y + 16, 11, "start", look.line(), block.index() + "  " + start(block.hash()));
        svg.text(x + 7, y + 31, 11, "start", Svg.INK, cut(block.data().text(), 13));
        if (linked) {
            svg.arrow(x, y + SMALL_HEIGHT / 2, x - 16, y + SMALL_HEIGHT / 2, look.line());
        }
    }

    /** Chains as branches of one tree: what several have in common is drawn once. */
    static Picture fork(Map<String, List<Block>> chains) {
        long last = chains.values().stream().mapToLong(List::size).max().orElse(1) - 1;
        long first = Math.max(0, last - 6);
        Map<Block, double[]> drawn = new LinkedHashMap<>();
        Svg svg = new Svg();
        StringBuilder words = new StringBuilder();
        Map<double[], List<String>> heads = new LinkedHashMap<>();
        int row = 0;
        for (Map.Entry<String, List<Block>> each : chains.entrySet()) {
            Look look = BRANCHES.get(row % BRANCHES.size());
            double[] before = null;
            boolean isNew = false;
            for (Block block : each.getValue()) {
                if (block.index() < first) {
                    continue;
                }
                double[] at = drawn.get(block);
                if (at == null) {
                    isNew = true;
                    at = new double[] {(block.index() - first) * (SMALL_WIDTH + 22), row * (SMALL_HEIGHT + 30) + 18};
                    drawn.put(block, at);
                    small(svg, at[0], at[1], block, look, false);
                    if (before != null) {
                        svg.arrow(
                                at[0],
                                at[1] + SMALL_HEIGHT / 2,
                                before[0] + SMALL_WIDTH,
                                before[1] + SMALL_HEIGHT / 2,
                                look.line());
                    }
                }
                before = at;
            }
            if (before != null) {
                heads.computeIfAbsent(before, none -> new ArrayList<>()).add(each.getKey());
            }
            row += isNew ? 1 : 0;
            words.append(words.length() == 0 ? "" : "\n").append(each.getKey()).append("  ");
            words.append(each.getValue().stream()
                    .filter(block -> block.index() >= first)
                    .map(block -> block.index() + ":" + start(block.hash()))
                    .collect(Collectors.joining(" <- ")));
        }
        heads.forEach((at, owners) ->
                svg.text(at[0] + 2, at[1] - 5, 11, "start", Svg.PALE_INK, "head of " + String.join(", ", owners)));
        return svg.picture(words.toString());
    }
}
