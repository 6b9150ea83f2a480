package org.naivechain.notebooks;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds places for words between lines, so that words never cover words, and lines only if there is no other place. */
final class Places {
    private static final double COVERS_WORDS = 1_000;
    private static final double COVERS_A_LINE = 25;

    private final List<Line2D> lines;
    private final List<Rectangle2D> taken = new ArrayList<>();

    Places(List<Line2D> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * A place where words may stand.
     *
     * @param away how much another place is to be preferred if nothing is covered
     */
    record Place(Rectangle2D box, double away) {}

    /** {@return the best of some places, which is taken from now on} */
    Rectangle2D take(List<Place> possible) {
        Rectangle2D best = possible.stream()
                .min(Comparator.comparingDouble(this::cost))
                .orElseThrow()
                .box();
        taken.add(best);
        return best;
    }

    private double cost(Place place) {
        long words = taken.stream().filter(place.box()::intersects).count();
        long crossed = lines.stream().filter(place.box()::intersectsLine).count();
        return place.away() + COVERS_WORDS * words + COVERS_A_LINE * crossed;
    }
}
