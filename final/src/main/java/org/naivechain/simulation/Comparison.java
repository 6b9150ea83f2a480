package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.naivechain.node.Consensus;

/**
 * All engines under the same load and the same faults, in virtual time; the same settings give the same figures.
 *
 * @param rows by scenario, and in each by engine
 */
public record Comparison(Settings settings, List<Row> rows) {
    /**
     * What is compared.
     *
     * @param nodes the size of each network, 4 to {@link Plan#MAX_NODES}
     * @param share the attacker's share of the nodes, the hash rate, or the stake: more than 0, less than a half
     */
    public record Settings(int nodes, long seed, Set<Scenario> scenarios, double share) {
        private static final int MIN_NODES = 4;
        private static final double HALF = 0.5;

        /** Throws an IllegalArgumentException if a number is out of range. */
        public Settings {
            if (nodes < MIN_NODES || nodes > Plan.MAX_NODES) {
                throw new IllegalArgumentException(
                        "compared networks have " + MIN_NODES + " to " + Plan.MAX_NODES + " nodes: " + nodes);
            }
            if (!(share > 0 && share < HALF)) {
                throw new IllegalArgumentException(
                        "the attacker's share must be more than 0 and less than 0.5: " + share);
            }
            scenarios = Set.copyOf(scenarios);
        }
    }

    /**
     * One engine in one scenario.
     *
     * @param adds how many adds were answered
     * @param seconds how long the users added, in virtual time
     * @param answer how long half of the adds took at the most; nothing if none was answered
     * @param undone how many adds were answered with a block that was given up later
     * @param forks how many blocks were made beside another of the same index, as the honest nodes saw it
     * @param deepest how many blocks a node gave up at once, at the most
     * @param blocks by how many blocks the chain grew while the users added
     * @param messages frames sent while the users added, the lost ones included
     * @param hashes how many hashes were computed to find a block
     * @param attempts how often an attacker has tried to overtake the others; 0 where there is none, and where nodes vote
     * @param successes how often its branch was shown and weighed more
     * @param expelled when a signer of two blocks for one slot lost its turns
     */
    public record Row(
            Consensus engine,
            Scenario scenario,
            int adds,
            double seconds,
            Optional<Duration> answer,
            long undone,
            long forks,
            int deepest,
            long blocks,
            long messages,
            long hashes,
            int attempts,
            int successes,
            Optional<Duration> expelled) {
        /** {@return the share of the attempts that succeeded} */
        public double measured() {
            return (double) successes / attempts;
        }
    }

    /** How long a frame takes at the most where frames are slow. */
    public static final Duration SLOW = Duration.ofSeconds(1);

    private static final int SIGMAS = 3;

    /** How many blocks the honest nodes make until an add is answered: its own, and those that confirm it. */
    public static final int BLOCKS_TO_ANSWER = Build.MINERS.confirmations() + 1;

    /**
     * Runs every engine in every scenario.
     *
     * @param progress receives how many runs are over, on any thread
     */
    public static Comparison run(Settings settings, LongConsumer progress) {
        List<Scenario> scenarios = settings.scenarios().stream().sorted().toList();
        List<ComparedRun> runs = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Consensus engine : Consensus.values()) {
                if (scenario != Scenario.EQUIVOCATION || engine == Consensus.STAKE) {
                    runs.add(new ComparedRun(engine, scenario, settings.nodes(), settings.seed(), settings.share()));
                }
            }
        }
        long[] over = new long[1];
        List<Row> rows = IntStream.range(0, runs.size())
                .parallel()
                .mapToObj(run -> {
                    Row row = runs.get(run).run();
                    synchronized (over) {
                        progress.accept(++over[0]);
                    }
                    return row;
                })
                .sorted(Comparator.comparing(Row::scenario).thenComparing(Row::engine))
                .toList();
        return new Comparison(settings, rows);
    }

    /** {@return the attacker's share in a scenario} */
    public double share(Scenario scenario) {
        return scenario == Scenario.TAKEOVER ? ComparedRun.MOST : settings.share();
    }

    /**
     * {@return what was not as it must be: the majority vote undoes nothing that it has answered, and a minority attacker does not
     * succeed more often than computed, but for chance, three standard deviations}
     */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (Row row : rows) {
            if (row.engine() == Consensus.MAJORITY && row.undone() > 0) {
                broken.add("the majority vote undid " + row.undone() + " answered adds under " + row.scenario());
            }
            if (row.scenario() == Scenario.ATTACK && row.engine().isSealed()) {
                double computed = CatchUpOdds.exact(settings.share(), BLOCKS_TO_ANSWER);
                double deviation = Math.sqrt(row.attempts() * computed * (1 - computed));
                if (row.successes() > row.attempts() * computed + SIGMAS * deviation) {
                    broken.add("with " + row.engine() + ", " + row.successes() + " of " + row.attempts()
                            + " attacks succeeded, more than computed");
                }
            }
        }
        return broken;
    }

    /** {@return how many runs there are} */
    public static int runs(Settings settings) {
        int scenarios = settings.scenarios().size();
        return settings.scenarios().contains(Scenario.EQUIVOCATION)
                ? (scenarios - 1) * Consensus.values().length + 1
                : scenarios * Consensus.values().length;
    }
}
