package org.naivechain.node;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far the verification or the fetching of a chain has come, once it has taken more than a second: as a bar on a
 * terminal, as one line at the end elsewhere. For one thread.
 */
final class ChainProgress implements LongConsumer, AutoCloseable {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int COLUMNS = 79;

    private final Task task;
    private final long total;
    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long began;
    private long checked;
    private ProgressBar bar;

    enum Task {
        VERIFY("Verifying the chain", "Verified"),
        FETCH("Fetching the chain", "Fetched");

        private final String doing;
        private final String done;

        Task(String doing, String done) {
            this.doing = doing;
            this.done = done;
        }
    }

    /** Progress on the standard error stream, from now on. */
    static ChainProgress onStderr(Task task, long total) {
        return new ChainProgress(task, total, System.err, isStderrTerminal(), System::nanoTime);
    }

    ChainProgress(Task task, long total, PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.task = task;
        this.total = total;
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    @Override
    public void accept(long blocks) {
        checked = blocks;
        if (bar == null && terminal && isSlow()) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task.doing)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(out, COLUMNS))
                    .build();
        }
        if (bar != null) {
            bar.stepTo(blocks);
        }
    }

    /** Ends the bar, or says in one line what was done. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else if (!terminal && isSlow()) {
            out.printf("%s %d of %d blocks in %d s%n", task.done, checked, total, elapsed() / PATIENCE_NANOS);
        }
    }

    private boolean isSlow() {
        return elapsed() > PATIENCE_NANOS;
    }

    private long elapsed() {
        return nanoTime.getAsLong() - began;
    }

    /** Java tells only whether the other two streams are a terminal; Linux can be asked. */
    private static boolean isStderrTerminal() {
        Path stderr = Path.of("/proc/self/fd/2");
        try {
            String device = Files.readSymbolicLink(stderr).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
