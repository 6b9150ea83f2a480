package org.naivechain.notebooks;

import java.util.function.LongPredicate;
import org.naivechain.notebooks.Svg.Look;
import org.naivechain.sync.CommonAncestor;

/** The search for the last block that two chains share, a bar for each question: what is known of all blocks after the answer. */
public final class Questions {
    private static final double WIDTH = 560;
    private static final double HEIGHT = 16;
    private static final double STEP = 24;
    private static final Look OTHER = new Look("#fdebd3", "#b54708");
    private static final Look UNKNOWN = new Look("#ffffff", "#98a2b3");

    private Questions() {}

    /**
     * {@return the questions and their answers}
     *
     * @param blocks how many blocks the shorter chain has
     * @param same whether both chains have the same block at an index
     */
    public static Picture of(long blocks, LongPredicate same) {
        CommonAncestor search = new CommonAncestor(blocks);
        Svg svg = new Svg();
        StringBuilder words = new StringBuilder();
        long different = blocks;
        for (int row = 0; !search.isFound(); row++) {
            long asked = search.question();
            boolean equal = same.test(asked);
            search.answer(equal);
            different = equal ? different : asked;
            double y = row * STEP;
            svg.box(0, y, WIDTH, HEIGHT, UNKNOWN);
            part(svg, 0, search.ancestor() + 1, blocks, y, Look.SOUND);
            part(svg, different, blocks, blocks, y, OTHER);
            Look look = equal ? Look.SOUND : OTHER;
            svg.dot((asked + 0.5) * WIDTH / blocks, y + HEIGHT / 2, look.line());
            String said = "block " + asked + ": " + (equal ? "the same" : "different");
            svg.text(WIDTH + 16, y + 13, 12, "start", look.line(), said);
            words.append(row == 0 ? "" : "\n").append(said);
        }
        return svg.picture(words.toString());
    }

    private static void part(Svg svg, long from, long to, long blocks, double y, Look look) {
        if (from < to) {
            svg.box(from * WIDTH / blocks, y, (to - from) * WIDTH / blocks, HEIGHT, look);
        }
    }
}
