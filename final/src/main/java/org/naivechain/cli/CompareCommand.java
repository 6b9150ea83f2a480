package org.naivechain.cli;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.naivechain.blocks.WireFormat;
import org.naivechain.node.Consensus;
import org.naivechain.simulation.CatchUpOdds;
import org.naivechain.simulation.Comparison;
import org.naivechain.simulation.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;

/** Compares the four engines under the same load and the same faults. */
@Command(
        name = "compare",
        description =
                "Runs networks of the very node in virtual time, one for each engine and scenario, with the same users, and"
                        + " prints what each engine gives and costs. The same options give the same figures.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./naivechain compare",
            "  ./naivechain compare --faults none,partition --json",
            "  ./naivechain compare --faults minority --attacker 0.45"
        })
final class CompareCommand implements Callable<Integer> {
    private static final double UNLIKELY = 0.001;
    private static final double PERCENT = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many nodes a network has (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What all chance is drawn from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--faults",
            paramLabel = "SCENARIO",
            split = ",",
            description =
                    "Some of none, loss, delay, partition, crash, silence, minority, majority, equivocation, separated by"
                            + " commas (default: all).")
    private List<String> faults;

    @Option(
            names = "--attacker",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description = "The share of the minority attacker, of the nodes, the hash rate, or the stake (default:"
                    + " ${DEFAULT-VALUE}).")
    private double share;

    @Option(names = "--json", description = "Print all figures as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Comparison.Settings settings = settings();
        Comparison comparison;
        try (ProgressBar bar = SimulateCommand.bar(Comparison.runs(settings), " runs")) {
            comparison = Comparison.run(settings, bar::stepTo);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(WireFormat.mapper()
                    .writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(comparison));
        } else {
            print(comparison, out);
        }
        out.flush();
        return 0;
    }

    private Comparison.Settings settings() {
        try {
            Set<Scenario> scenarios = faults == null
                    ? EnumSet.allOf(Scenario.class)
                    : faults.stream().map(Scenario::of).collect(Collectors.toSet());
            return new Comparison.Settings(nodes, seed, scenarios, share);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void print(Comparison comparison, PrintWriter out) {
        out.println("scenario      engine    adds/s  answer s  undone  forks  deepest  messages/add  hashes/add");
        for (Comparison.Row row : comparison.rows()) {
            out.printf(
                    Locale.ROOT,
                    "%-12s  %-8s  %6.1f  %8s  %6d  %5d  %7d  %12s  %10s%n",
                    row.scenario(),
                    row.engine(),
                    row.adds() / row.seconds(),
                    row.answer()
                            .map(answer -> String.format(Locale.ROOT, "%.2f", answer.toMillis() / 1e3))
                            .orElse("-"),
                    row.undone(),
                    row.forks(),
                    row.deepest(),
                    perAdd(row.messages(), row.adds()),
                    row.hashes() == 0 ? "-" : perAdd(row.hashes(), row.adds()));
        }
        comparison.rows().stream().filter(row -> row.attempts() > 0).forEach(row -> attack(comparison, row, out));
    }

    private static String perAdd(long sum, int adds) {
        return adds == 0 ? "-" : String.format(Locale.ROOT, "%.0f", (double) sum / adds);
    }

    private void attack(Comparison comparison, Comparison.Row row, PrintWriter out) {
        if (row.engine() != Consensus.WORK && row.engine() != Consensus.STAKE) {
            return;
        }
        double q = row.scenario() == Scenario.MAJORITY
                ? 0.6
                : comparison.settings().share();
        out.printf(
                Locale.ROOT,
                "%s %s: %d of %d attempts succeeded (%.1f %%); computed %.1f %%, Nakamoto %.1f %%%n",
                row.engine(),
                row.scenario(),
                row.successes(),
                row.attempts(),
                PERCENT * row.successes() / row.attempts(),
                PERCENT * CatchUpOdds.exact(q, Comparison.BLOCKS_TO_ANSWER),
                PERCENT * CatchUpOdds.nakamoto(q, Comparison.BLOCKS_TO_ANSWER));
    }
}
