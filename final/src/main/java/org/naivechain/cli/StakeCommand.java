package org.naivechain.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.naivechain.node.Staking;
import org.naivechain.node.StartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes what a network with {@code --consensus stake} needs. */
@Command(
        name = "stake",
        description = "Makes the stakes and the keys of a network that agrees by proof of stake.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = StakeCommand.Init.class)
final class StakeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to make: ./naivechain stake init DIR");
    }

    /** Makes the files of a new network. */
    @Command(
            name = "init",
            description =
                    "Makes DIR/stakes.json, which all nodes of a network get, and a key for each holder: DIR/0.key,"
                            + " DIR/1.key, ... A key is a secret, and belongs to one node.",
            sortOptions = false,
            usageHelpAutoWidth = true,
            footer = {
                "",
                "Example, three nodes:",
                "  ./naivechain stake init stake --stakes 50,30,20",
                "  ./naivechain --consensus stake --stakes stake/stakes.json --stake-key stake/0.key"
            })
    static final class Init implements Callable<Integer> {
        private static final long MILLIS = 1_000;

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "Where the files are to be.")
        private Path directory;

        @Option(
                names = "--stakes",
                paramLabel = "N",
                split = ",",
                required = true,
                description = "How much each holder has, separated by commas: their turns are in proportion.")
        private List<Long> amounts;

        @Option(
                names = "--slot-seconds",
                paramLabel = "N",
                defaultValue = "2",
                description = "How long a slot is (default: ${DEFAULT-VALUE}).")
        private int slotSeconds;

        @Override
        public Integer call() throws StartFailure {
            try {
                List<Path> files = Staking.init(directory, amounts, slotSeconds * MILLIS);
                files.forEach(spec.commandLine().getOut()::println);
                return 0;
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
        }
    }
}
