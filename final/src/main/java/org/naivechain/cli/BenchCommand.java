package org.naivechain.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.naivechain.bench.Bench;
import org.naivechain.bench.BenchFailure;
import org.naivechain.bench.BenchOptions;
import org.naivechain.node.Consensus;
import org.naivechain.node.Staking;
import org.naivechain.node.StartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a network of nodes that it starts and ends itself. */
@Command(
        name = "bench",
        description = "Starts a network of nodes on this machine, adds data for a while, and says how fast it was and"
                + " whether all chains agree; if they do not, the exit status is 1.",
        sortOptions = false,
        usageHelpAutoWidth = true)
final class BenchCommand implements Callable<Integer> {
    private static final long SLOT_MILLIS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many nodes (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many clients, spread evenly over the nodes; each waits for its answer before its next"
                    + " add (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "How many seconds the clients add before that, while the nodes' Java compiles what it runs most"
                            + " (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "32",
            description = "How long each text is (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(
            names = "--consensus",
            paramLabel = "ENGINE",
            defaultValue = "MAJORITY",
            description =
                    "How the nodes agree: majority, naive, work, or stake, of which each has the same (default: majority).")
    private Consensus consensus;

    @Option(names = "--profile", description = "Say where the milliseconds of an add go, at each node.")
    private boolean profile;

    private List<Path> stakes = List.of();

    @Override
    public Integer call() throws BenchFailure, IOException, InterruptedException {
        boolean good =
                Bench.run(options(), Main.class.getName(), spec.commandLine().getOut(), System.err);
        return good ? 0 : 1;
    }

    private BenchOptions options() {
        try {
            return new BenchOptions(nodes, clients, seconds, warmUp, bytes, profile, this::nodeOptions);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private List<String> nodeOptions(Path network, int number) throws BenchFailure {
        List<String> all = new ArrayList<>(List.of("--consensus", consensus.name()));
        if (consensus == Consensus.STAKE) {
            List<Path> files = stakes(network.resolve("stakes"));
            all.addAll(List.of("--stakes", "" + files.get(0), "--stake-key", "" + files.get(number + 1)));
        }
        if (profile) {
            all.add(Bench.PROFILE);
        }
        return all;
    }

    /** The stakes, and then the key of each node; made for the first one. */
    private List<Path> stakes(Path directory) throws BenchFailure {
        if (stakes.isEmpty()) {
            try {
                stakes = Staking.init(directory, Collections.nCopies(nodes, 1L), SLOT_MILLIS);
            } catch (StartFailure e) {
                throw new BenchFailure(e.getMessage());
            }
        }
        return stakes;
    }
}
