package org.naivechain.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.naivechain.node.Consensus;
import org.naivechain.simulation.Build;
import org.naivechain.simulation.Campaign;
import org.naivechain.simulation.Convergence;
import org.naivechain.simulation.Fault;
import org.naivechain.simulation.Plan;
import org.naivechain.simulation.Report;
import org.naivechain.simulation.Shrinking;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.Trial;
import org.naivechain.simulation.Violation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Simulates networks of the very node, and says whether it kept its promises. */
@Command(
        name = "simulate",
        description =
                "Runs a network of the very node in virtual time, with a writer at every node and with faults, and"
                        + " checks after every event that no promise is broken; if one is, the exit status is 1. The same"
                        + " seed gives the same run.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./naivechain simulate --nodes 5 --seed 42 --minutes 10",
            "  ./naivechain simulate --consensus naive              see what goes wrong",
            "  ./naivechain simulate --consensus work --minutes 2   see miners agree",
            "  ./naivechain simulate --seeds 5000                   many short runs",
            "  ./naivechain simulate --gossip --nodes 1000          how fast word gets round"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_SEEDS = 10_000_000;
    private static final int COLUMNS = 79;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default: 5).")
    private Integer nodes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What all chance is drawn from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--minutes", paramLabel = "N", description = "Virtual minutes with faults (default: 10).")
    private Integer minutes;

    @Option(names = "--seconds", paramLabel = "N", description = "Instead, in virtual seconds.")
    private Integer seconds;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description =
                    "What can go wrong, separated by commas: none, or some of loss, delay, duplication, reordering,"
                            + " partition, crash, pause, clock, join, leave, eviction, damage, deafness, copy,"
                            + " restoration (default: all).")
    private List<String> faults;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Instead of one run, this many short ones from --seed on, whose networks and faults the"
                    + " seeds decide.")
    private Integer seeds;

    @Option(
            names = "--trace",
            paramLabel = "INDEX",
            description = "Also print what happened about the block with this index: messages, and the nodes' logs.")
    private Long traced;

    @Option(
            names = "--consensus",
            paramLabel = "ENGINE",
            description = "majority, naive, work, or stake (default: majority).")
    private Consensus engine;

    @Option(
            names = "--gossip",
            description =
                    "Instead, measure how fast --nodes nodes (default: 100) find each other, take in one more, and"
                            + " notice that one is killed. The time and memory it takes grow with the square of the number: for"
                            + " 1,000 set NAIVECHAIN_JAVA_OPTS=-Xmx1g, for 5,000 -Xmx5g.")
    private boolean gossip;

    private PrintWriter out;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        try {
            if (gossip) {
                return converge();
            }
            Build build = build();
            return seeds == null ? one(build) : many(build);
        } finally {
            out.flush();
        }
    }

    private Build build() {
        return Build.of(engine == null ? Consensus.MAJORITY : engine);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int converge() {
        if (seeds != null || minutes != null || seconds != null || faults != null || engine != null || traced != null) {
            throw wrong(
                    "with --gossip there are only --nodes and --seed: leave --seeds, --minutes, --seconds, --faults,"
                            + " --consensus, and --trace out");
        }
        int count = nodes == null ? 100 : nodes;
        if (count < Convergence.MIN_NODES || count > Convergence.MAX_NODES) {
            throw wrong("a network that gossips has " + Convergence.MIN_NODES + " to " + Convergence.MAX_NODES
                    + " nodes: " + count);
        }
        Convergence measured;
        try (ProgressBar bar = bar(Convergence.STAGES, " stages")) {
            measured = Convergence.run(count, seed, bar::stepTo);
        }
        String size = "nodes         %d, whose logarithm to base 2 is %.1f%n";
        out.printf(Locale.ROOT, size, measured.nodes(), measured.logarithm());
        out.printf("              rounds  messages per node%n");
        row("formation", measured.formation());
        row("newcomer", measured.newcomer());
        row("death", measured.death());
        out.printf("false alarms  %d%n", measured.falseAlarms());
        return 0;
    }

    private void row(String name, Convergence.Stage stage) {
        out.printf(Locale.ROOT, "%-12s  %6.1f  %17.1f%n", name, stage.rounds(), stage.messagesPerNode());
    }

    private int one(Build build) {
        Plan plan = plan();
        long planned = plan.duration().toSeconds();
        Report report;
        try (ProgressBar bar = bar(planned, " s")) {
            report = Trial.run(plan, build, passed -> bar.stepTo(Math.min(passed.toSeconds(), planned)));
        }
        long passed = report.time().toSeconds();
        long faulty = plan.faults().isEmpty() ? 0 : Math.min(passed, planned);
        out.printf("virtual time  %d s, of them %d with faults%n", passed, faulty);
        out.printf("messages      %d%n", report.messages());
        out.printf("blocks        %d%n", report.blocks());
        String adds = "adds          %d acknowledged, %d refused, %d without certainty%n";
        out.printf(adds, report.added(), report.refused(), report.unknown());
        out.printf("elections     %d%n", report.elections());
        out.printf(
                "faults        %s%n",
                list(
                        new TreeMap<>(report.faults())
                                .entrySet().stream().map(fault -> fault.getValue() + " " + fault.getKey()),
                        ", "));
        if (traced != null) {
            history(plan, build);
        }
        return verdict(report.violation().map(violation -> report), build);
    }

    private void history(Plan plan, Build build) {
        List<Trace.Event> events = Trial.history(plan, build, traced);
        out.printf("%nWhat happened about block %d:%n", traced);
        events.forEach(event -> out.println("  " + event));
        if (events.isEmpty()) {
            out.println("  nothing: there is no such block; give --trace an index from 1 on that the run reaches");
        }
        out.println();
    }

    private int many(Build build) {
        if (seeds < 1 || seeds > MAX_SEEDS) {
            throw wrong("--seeds must be 1 to " + MAX_SEEDS + ": " + seeds);
        }
        if (nodes != null || minutes != null || seconds != null || faults != null || traced != null) {
            throw wrong(
                    "with --seeds, the seeds decide: leave --nodes, --minutes, --seconds, --faults, and --trace out");
        }
        Campaign campaign;
        try (ProgressBar bar = bar(seeds, " seeds")) {
            campaign = Campaign.run(seed, seeds, build, bar::stepTo);
        }
        out.printf("runs          %d, from seed %d on%n", campaign.runs(), seed);
        out.printf("messages      %d%n", campaign.messages());
        out.printf("adds          %d acknowledged%n", campaign.added());
        out.printf("elections     %d%n", campaign.elections());
        out.printf("faults        %d%n", campaign.faults());
        return verdict(campaign.broken(), build);
    }

    private int verdict(Optional<Report> broken, Build build) {
        if (broken.isEmpty()) {
            out.println("verdict       every promise was kept");
            return 0;
        }
        Report smallest = Shrinking.smallest(broken.get(), build);
        out.printf("verdict       BROKEN: %s%n", what(broken.get()));
        out.printf("%nThe smallest run found that breaks a promise: %s%n", what(smallest));
        out.printf("Replay it with: %s%n%nWhat led to it, last:%n", command(smallest.plan()));
        smallest.trace().forEach(line -> out.println("  " + line));
        return 1;
    }

    private static String what(Report report) {
        return report.violation().map(Violation::what).orElse("none");
    }

    private String command(Plan plan) {
        return "./naivechain simulate --nodes " + plan.nodes() + " --seed " + plan.seed() + " --seconds "
                + plan.duration().toSeconds() + " --faults "
                + list(plan.faults().stream().sorted().map(Fault::toString), ",")
                + (engine == null || engine == Consensus.MAJORITY ? "" : " --consensus " + engine);
    }

    private static String list(Stream<String> words, String separator) {
        return words.reduce((some, more) -> some + separator + more).orElse("none");
    }

    private Plan plan() {
        if (minutes != null && seconds != null) {
            throw wrong("give --minutes or --seconds, not both");
        }
        Duration duration =
                seconds != null ? Duration.ofSeconds(seconds) : Duration.ofMinutes(minutes == null ? 10 : minutes);
        try {
            return new Plan(nodes == null ? 5 : nodes, seed, duration, kinds());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Set<Fault> kinds() {
        if (faults == null) {
            return EnumSet.allOf(Fault.class);
        }
        return faults.equals(List.of("none"))
                ? Set.of()
                : faults.stream().map(Fault::of).collect(Collectors.toSet());
    }

    static ProgressBar bar(long max, String unit) {
        return new ProgressBarBuilder()
                .setTaskName("simulating")
                .setInitialMax(max)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                .build();
    }
}
