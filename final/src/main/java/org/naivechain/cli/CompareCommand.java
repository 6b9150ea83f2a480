package org.naivechain.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.naivechain.blocks.WireFormat;
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
            "  ./naivechain compare --faults attack --attacker 0.45"
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
                    "Some of none, loss, delay, partition, crash, silence, attack, takeover, equivocation, separated by"
                            + " commas (default: all).")
    private List<String> faults;

    @Option(
            names = "--attacker",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description = "With attack: the attacker's share of the nodes, the hash rate, or the stake (default:"
                    + " ${DEFAULT-VALUE}).")
    private double share;

    @Option(names = "--json", description = "Print all figures as JSON.")
    private boolean json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draw how long users waited.")
    private Path svg;

    @Override
    public Integer call() {
        Comparison.Settings settings = settings();
        if (svg != null) {
            // Not only when minutes were spent.
            write("", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Comparison comparison;
        try (ProgressBar bar = SimulateCommand.bar(Comparison.runs(settings), " runs")) {
            comparison = Comparison.run(settings, bar::stepTo);
        }
        if (svg != null) {
            write(ComparisonPicture.of(comparison));
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
        return comparison.broken().isEmpty() ? 0 : 1;
    }

    private void write(String picture, OpenOption... how) {
        try {
            Files.writeString(svg, picture, how);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + svg + " (" + e.getMessage() + ")");
        }
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
        out.println();
        comparison.rows().stream().filter(row -> row.engine().isSealed()).forEach(row -> explain(comparison, row, out));
        List<String> broken = comparison.broken();
        out.println(
                "verdict: " + (broken.isEmpty() ? "every promise was kept" : "BROKEN: " + String.join("; ", broken)));
    }

    private static String perAdd(long sum, int adds) {
        return adds == 0 ? "-" : String.format(Locale.ROOT, "%.0f", (double) sum / adds);
    }

    /** What the literature says of a row, beside what was measured. */
    private static void explain(Comparison comparison, Comparison.Row row, PrintWriter out) {
        double q = comparison.share(row.scenario());
        String text = switch (row.scenario()) {
            case NONE ->
                String.format(
                        Locale.ROOT,
                        "an attacker with %.0f %% has a chance of 0.1 %% after %d confirmations, %.0f s",
                        PERCENT * q,
                        CatchUpOdds.confirmations(q, UNLIKELY),
                        CatchUpOdds.confirmations(q, UNLIKELY) * row.seconds() / row.blocks());
            case DELAY -> growth(row);
            case ATTACK, TAKEOVER ->
                String.format(
                        Locale.ROOT,
                        "%d of %d attempts succeeded, %.1f %%; computed %.1f %%, by Nakamoto %.1f %%",
                        row.successes(),
                        row.attempts(),
                        PERCENT * row.measured(),
                        PERCENT * CatchUpOdds.exact(q, Comparison.BLOCKS_TO_ANSWER),
                        PERCENT * CatchUpOdds.nakamoto(q, Comparison.BLOCKS_TO_ANSWER));
            case EQUIVOCATION ->
                row.expelled()
                        .map(at -> "the key that signed twice lost its turns after " + at.toSeconds() + " s")
                        .orElse("nobody was found out");
            default -> "";
        };
        if (!text.isEmpty()) {
            out.printf("%s %s: %s%n", row.engine(), row.scenario(), text);
        }
    }

    /** Sompolinsky and Zohar (2015): of blocks made at a rate, at least rate / (1 + rate * delay) lengthen the chain. */
    private static String growth(Comparison.Row row) {
        double made = (row.blocks() + row.forks()) / row.seconds();
        double delay = Comparison.SLOW.toMillis() / 1e3;
        return String.format(
                Locale.ROOT,
                "of %.2f blocks a second %.2f lengthen the chain; computed at least %.2f, if a block takes one frame",
                made,
                row.blocks() / row.seconds(),
                made / (1 + made * delay));
    }
}
