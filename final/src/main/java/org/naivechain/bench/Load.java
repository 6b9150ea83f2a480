package org.naivechain.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** All clients at once, each on a thread of its own, and a bar that shows how far they are. For one thread. */
final class Load {
    private static final int LOOK_MILLIS = 200;
    private static final int BAR_COLUMNS = 80;

    private final BenchOptions options;
    private final Window window;
    private final long start = System.nanoTime();
    private final LongAdder added = new LongAdder();
    private final List<Client> clients = new ArrayList<>();

    Load(BenchOptions options, List<Integer> httpPorts) {
        this.options = options;
        this.window = Window.after(start, options);
        for (int i = 0; i < options.clients(); i++) {
            clients.add(new Client(i, httpPorts.get(i % httpPorts.size()), options.bytes(), window, added));
        }
    }

    /** Runs the clients until the time is up and each has had its last answer. */
    List<Score> run(PrintStream progress) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients.size(), task -> {
            Thread thread = new Thread(task, "client");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Score>> running = clients.stream().map(threads::submit).toList();
            threads.shutdown();
            show(threads, progress);
            List<Score> scores = new ArrayList<>();
            for (Future<Score> client : running) {
                scores.add(client.get());
            }
            return scores;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    private void show(ExecutorService threads, PrintStream progress) throws InterruptedException {
        try (ProgressBar bar = bar(progress)) {
            do {
                long now = System.nanoTime();
                bar.stepTo(Math.min(bar.getMax(), TimeUnit.NANOSECONDS.toSeconds(now - start)));
                bar.setExtraMessage(" " + added.sum() + " added" + (window.hasBegun(now) ? "" : ", warming up"));
            } while (!threads.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            bar.stepTo(bar.getMax());
        }
    }

    private ProgressBar bar(PrintStream progress) {
        return new ProgressBarBuilder()
                .setTaskName("adding")
                // Letters that every terminal and every log file can show.
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" s", 1)
                .setInitialMax((long) options.warmUpSeconds() + options.seconds())
                .hideEta()
                // A fixed width, or it starts programs to ask the terminal for one.
                .setConsumer(new ConsoleProgressBarConsumer(progress, BAR_COLUMNS))
                .build();
    }
}
