package org.naivechain.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.naivechain.ledger.BlockRules;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.Staking;
import org.naivechain.node.StartFailure;
import org.naivechain.storage.ChainFile;
import org.naivechain.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a chain in a file, or makes one to try it on. */
@Command(
        name = "verify",
        description =
                "Verifies the chain in a node's file, and the seals if its blocks have them; a node may be using it. If the chain is not sound, the exit"
                        + " status is 1.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./naivechain verify naivechain-data/15001/naivechain.db",
            "  ./naivechain verify --create 4 chain.db              make a chain to play with"
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file, of SQLite.")
    private Path file;

    @Option(
            names = "--create",
            paramLabel = "N",
            description = "Make the file first, with a chain of N blocks, at least 1.")
    private Long length;

    @Option(
            names = "--stakes",
            paramLabel = "FILE",
            description = "The stakes of the network, if it agrees by proof of stake.")
    private Path stakes;

    @Override
    public Integer call() throws StorageException, StartFailure {
        if (length != null) {
            if (length < 1) {
                throw new ParameterException(
                        spec.commandLine(), "a chain has at least 1 block, the genesis block: --create " + length);
            }
            ChainFile.create(file, length);
        }
        long began = System.nanoTime();
        ChainFile chain = ChainFile.verify(file, rules());
        double seconds = (System.nanoTime() - began) / 1e9;
        String line = "%s: %d blocks, verified in %.1f s: %s%n";
        spec.commandLine().getOut().printf(line, file, chain.length(), seconds, chain.verdict());
        return chain.verdict().isSound() ? 0 : 1;
    }

    /** Those of a network with stakes are in its own file. */
    private Function<String, Optional<BlockRules>> rules() throws StartFailure {
        InstantSource clock = InstantSource.system();
        return stakes == null ? words -> EngineFactory.rules(words, clock) : Staking.rules(stakes, clock);
    }
}
