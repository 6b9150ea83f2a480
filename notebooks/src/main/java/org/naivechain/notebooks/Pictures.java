package org.naivechain.notebooks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;
import org.naivechain.learn.Grading;
import org.naivechain.node.LocalNetwork;
import org.naivechain.notebooks.Svg.Look;
import org.naivechain.simulation.Convergence;
import org.naivechain.simulation.Report;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.Violation;

/** Pictures of what the course is about. What a cell ends with is shown as its picture by itself. */
public final class Pictures {
    /** Lines break between words, and within a word only if it is too long for any line. */
    private static final String WRAP = "word-break:normal;overflow-wrap:anywhere;";

    private Pictures() {}

    /** {@return a block as a box} */
    public static Picture of(Block block) {
        return Chains.of(List.of(block));
    }

    /** {@return blocks in a row; if they begin with block 0, with the first one that breaks a rule in red and all after it in grey} */
    public static Picture of(List<Block> blocks) {
        return Chains.of(blocks);
    }

    /** {@return the last blocks of a chain, verified, with the first one that breaks a rule in red and all after it in grey} */
    public static Picture of(Chain chain) {
        return Chains.of(chain);
    }

    /** {@return the chains of several owners, one below the other; blocks that differ at an index differ in colour, and one with a wrong hash is red} */
    public static Picture rows(Map<String, List<Block>> chains) {
        return Chains.rows(chains);
    }

    /** {@return chains as branches of one tree} */
    public static Picture fork(Map<String, List<Block>> chains) {
        return Chains.fork(chains);
    }

    /** {@return what the nodes of a network have in their chains now} */
    public static Picture of(LocalNetwork network) throws IOException, InterruptedException {
        Map<String, List<Block>> chains = new LinkedHashMap<>();
        for (int node = 1; node <= network.size(); node++) {
            chains.put("node " + node, network.chain(node));
        }
        return rows(chains);
    }

    /**
     * {@return slots of time as boxes in rows, in the colours of those who have them}
     *
     * @param first the number of the first slot of each row
     * @param rows whose each slot is; an empty text for nobody's
     */
    public static Picture slots(long first, Map<String, List<String>> rows) {
        return Slots.of(first, rows);
    }

    /** {@return messages between nodes as a space-time diagram} */
    public static Picture messages(List<Trace.Event> events) {
        return TimeLine.of(events);
    }

    /** {@return a table} */
    public static Picture table(List<String> header, List<? extends List<?>> rows) {
        return Tables.of(header, rows);
    }

    /** {@return what was said of blocks} */
    public static Picture of(Verdict verdict) {
        return badge(verdict.isSound(), verdict.toString());
    }

    private static Picture badge(boolean good, String words) {
        Look look = good ? Look.SOUND : Look.BROKEN;
        return new Picture(
                "<span style=\"display:inline-block;padding:4px 10px;border-radius:5px;" + WRAP + "color:"
                        + Svg.INK + ";background:" + look.fill() + ";border:1px solid " + look.line() + "\">"
                        + Picture.escaped(words) + "</span>",
                words);
    }

    /** {@return the result of a simulated run} */
    public static Picture of(Report report) {
        Picture table = table(
                List.of("a run", ""),
                List.of(
                        List.of("virtual time", report.time().toSeconds() + " s of virtual time"),
                        List.of("messages", report.messages()),
                        List.of("blocks", report.blocks()),
                        List.of(
                                "adds",
                                report.added() + " acknowledged, " + report.refused() + " refused, " + report.unknown()
                                        + " without certainty"),
                        List.of("elections", report.elections()),
                        List.of(
                                "faults",
                                report.faults().isEmpty()
                                        ? "none"
                                        : new TreeMap<>(report.faults())
                                                .entrySet().stream()
                                                        .map(each -> each.getValue() + " " + each.getKey())
                                                        .collect(Collectors.joining(", ")))));
        Picture verdict = badge(
                report.violation().isEmpty(),
                report.violation()
                        .map(Violation::what)
                        .map(what -> "BROKEN: " + Chains.shortened(what))
                        .orElse("every promise was kept"));
        return new Picture(table.html() + verdict.html(), table.text() + "\n" + verdict.text());
    }

    /** {@return how fast gossip spread} */
    public static Picture of(Convergence measured) {
        return table(
                List.of(measured.nodes() + " nodes", "rounds", "messages per node"),
                List.of(
                        row("formation", measured.formation()),
                        row("newcomer", measured.newcomer()),
                        row("death", measured.death())));
    }

    private static List<String> row(String name, Convergence.Stage stage) {
        return List.of(name, "%.1f".formatted(stage.rounds()), "%.1f".formatted(stage.messagesPerNode()));
    }

    /** {@return what the checks of an exercise said} */
    public static Picture of(Grading grading) {
        StringBuilder html = new StringBuilder();
        StringBuilder text = new StringBuilder();
        Picture title = badge(grading.passed(), grading.exercise() + (grading.passed() ? ": solved" : ": not yet"));
        html.append(title.html());
        text.append(title.text());
        int tests = 0;
        for (Grading.Rule rule : grading.rules()) {
            boolean kept = rule.failure().isEmpty();
            if (kept && !isSentence(rule)) {
                tests++;
                continue;
            }
            String words = isSentence(rule) ? rule.words() : "a test of the program: " + words(rule.words());
            html.append("<div>")
                    .append(mark(kept))
                    .append(Picture.escaped(words))
                    .append("</div>");
            text.append('\n').append(kept ? "+ " : "- ").append(words);
            rule.failure().ifPresent(failure -> {
                html.append(preformatted(failure));
                text.append("\n    ").append(failure.replace("\n", "\n    "));
            });
        }
        if (tests > 0) {
            String more = "and " + tests + (tests == 1 ? " test" : " tests") + " of the program";
            html.append("<div>").append(mark(true)).append(more).append("</div>");
            text.append("\n+ ").append(more);
        }
        for (String problem : grading.problems()) {
            html.append(preformatted(problem));
            text.append('\n').append(problem);
        }
        return new Picture(html.toString(), text.toString());
    }

    /** The rules of a check are sentences; the program's own tests have the names of methods and of their parameters. */
    private static boolean isSentence(Grading.Rule rule) {
        return rule.words().contains(" ") && !rule.words().startsWith("[");
    }

    private static String words(String name) {
        return name.replaceFirst("\\(.*\\)$", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String mark(boolean kept) {
        Look look = kept ? Look.SOUND : Look.BROKEN;
        return "<b style=\"color:" + look.line() + "\">" + (kept ? "✓" : "✗") + "</b> ";
    }

    private static String preformatted(String text) {
        return "<pre style=\"margin:2px 0 8px 28px;white-space:pre-wrap;" + WRAP + "\">" + Picture.escaped(text)
                + "</pre>";
    }
}
