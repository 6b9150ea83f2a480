package org.naivechain.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A load test from beginning to end. */
public final class Bench {
    private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(10);
    private static final double NANOS_PER_MILLI = 1e6;

    /** The option that has a node log where the milliseconds of an add go. */
    public static final String PROFILE = "--profile";

    private Bench() {}

    /**
     * Starts a network, loads it, prints what it did, and ends it.
     *
     * @param mainClass the program's main class, which starts a node if it is given a node's options
     * @return whether all chains agree in the end and have every add that was acknowledged, once
     * @throws BenchFailure if the network does not come up, a node ends, or one does not answer afterwards
     * @throws IOException if a process or a file cannot be made
     */
    public static boolean run(BenchOptions options, String mainClass, PrintWriter out, PrintStream progress)
            throws BenchFailure, IOException, InterruptedException {
        progress.printf(
                Locale.ROOT,
                "starting %d nodes, adding for %d s (%d s to warm up, %d s measured), then comparing the chains%n",
                options.nodes(),
                options.warmUpSeconds() + options.seconds(),
                options.warmUpSeconds(),
                options.seconds());
        try (Nodes nodes = Nodes.start(options, ThisProgram.command(mainClass))) {
            List<Integer> ports =
                    nodes.all().stream().map(NodeProcess::httpPort).toList();
            Duration before = nodes.processorTime();
            List<Score> scores = new Load(options, ports).run(progress);
            Duration spent = nodes.processorTime().minus(before);
            print(options, scores, out);
            if (options.profile()) {
                int added = scores.stream()
                        .mapToInt(score -> score.acknowledged().cardinality())
                        .sum();
                out.printf(
                        Locale.ROOT,
                        "processor   %.2f ms for each add, of all nodes together, the warm-up included%n",
                        spent.toNanos() / NANOS_PER_MILLI / Math.max(1, added));
            }
            nodes.all().forEach(node -> node.profile().ifPresent(line -> out.println("profile     " + line)));
            nodes.requireAllAlive();
            List<BitSet> acknowledged = scores.stream().map(Score::acknowledged).toList();
            ChainCheck.Verdict verdict =
                    new ChainCheck(nodes.all(), acknowledged, options.bytes()).run(CATCH_UP_PATIENCE);
            out.println("chains      " + verdict.words());
            return verdict.isGood();
        } finally {
            out.flush();
        }
    }

    static void print(BenchOptions options, List<Score> scores, PrintWriter out) {
        Histogram latencies = Score.noLatencies();
        Failures failures = new Failures();
        long added = 0;
        for (Score score : scores) {
            latencies.add(score.latencies());
            failures.add(score.failures());
            added += score.answeredInTime();
        }
        out.printf(
                Locale.ROOT,
                "load        nodes %d, clients %d, bytes %d, seconds %d after %d of warm-up%n",
                options.nodes(),
                options.clients(),
                options.bytes(),
                options.seconds(),
                options.warmUpSeconds());
        out.printf(Locale.ROOT, "adds/s      %.1f%n", (double) added / options.seconds());
        if (latencies.getTotalCount() > 0) {
            out.printf(
                    Locale.ROOT,
                    "latency     p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                    latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
                    latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
                    latencies.getMaxValue() / NANOS_PER_MILLI);
        }
        out.println("failed      " + failures.total()
                + failures.mostFrequent().map(most -> ", most often " + most).orElse(""));
    }
}
