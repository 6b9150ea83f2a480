package org.naivechain.notebooks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.naivechain.simulation.Trace;

/** What happened between nodes, as a space-time diagram: a line for each node, time downwards, an arrow for each message. */
final class TimeLine {
    private static final Pattern FRAME = Pattern.compile("(\\S+) > (\\S+)  (\\{.*})");
    private static final Pattern NODE = Pattern.compile("\\bnode\\d+\\b");
    private static final Pattern COMMAND = Pattern.compile("\"(?:CMD|reply)\":\"(\\w+)\"");
    private static final Pattern ROUND = Pattern.compile("\"round\":(\\d+),\"proposer\":\"(\\w+)\"");
    private static final Pattern DATA = Pattern.compile("\"data\":\"\\\\\"(.*?)\\\\\"\"");
    private static final Pattern LOG = Pattern.compile("\\[\\w+]: (node\\d+) \\w+-(.*)");
    private static final double LEFT = 90;
    private static final double LANE = 250;
    private static final double STEP = 26;
    private static final String REQUEST = "#1d5fa8";
    private static final String REPLY = "#2f7d4f";
    private static final String REFUSAL = "#b42318";
    private static final int MOST = 80;

    private TimeLine() {}

    /** A frame, from the node and the moment where it was sent to those where it arrived. */
    private record Arrow(double x1, double y1, double x2, double y2, String frame) {
        void draw(Svg svg) {
            svg.arrow(x1, y1, x2, y2, color(frame));
        }

        void name(Svg svg) {
            // Beside the line, in the lane before the receiver: frames that cross, or leave together, keep apart.
            int way = x1 < x2 ? 1 : -1;
            double along = Math.abs(x2 - x1) - LANE + 8;
            double y = y1 + (y2 - y1) * along / Math.abs(x2 - x1);
            svg.label(x1 + way * along, y + (way > 0 ? -4 : 14), way > 0 ? "start" : "end", color(frame), label(frame));
        }
    }

    static Picture of(List<Trace.Event> all) {
        List<Trace.Event> events = all.subList(0, Math.min(MOST, all.size()));
        List<String> nodes = nodes(events);
        Map<Duration, Double> heights = heights(events);
        Svg svg = new Svg();
        for (String node : nodes) {
            svg.text(lane(nodes, node), 0, 13, "middle", Svg.INK, node);
            svg.line(lane(nodes, node), 10, lane(nodes, node), 30 + heights.size() * STEP, "#c3cad5");
        }
        heights.forEach((time, y) -> svg.text(0, y + 4, 11, "start", Svg.PALE_INK, time.toMillis() + " ms"));
        // Words come over lines.
        List<Arrow> arrows = events.stream()
                .flatMap(event -> arrow(event, nodes, heights).stream())
                .toList();
        arrows.forEach(arrow -> arrow.draw(svg));
        arrows.forEach(arrow -> arrow.name(svg));
        Map<String, Integer> notes = new TreeMap<>();
        events.stream()
                .filter(event -> event.sent().isEmpty())
                .forEach(event -> words(svg, event, nodes, heights, notes));
        String words = all.stream().map(Trace.Event::toString).collect(Collectors.joining("\n"));
        return svg.picture(words.isEmpty() ? "nothing happened" : words);
    }

    private static Optional<Arrow> arrow(Trace.Event event, List<String> nodes, Map<Duration, Double> heights) {
        Matcher frame = FRAME.matcher(event.text());
        return event.sent()
                .filter(sent -> frame.matches())
                .map(sent -> new Arrow(
                        lane(nodes, frame.group(1)),
                        heights.get(sent),
                        lane(nodes, frame.group(2)),
                        heights.get(event.at()),
                        frame.group(3)));
    }

    private static void words(
            Svg svg, Trace.Event event, List<String> nodes, Map<Duration, Double> heights, Map<String, Integer> notes) {
        Matcher log = LOG.matcher(event.text());
        Matcher node = NODE.matcher(event.text());
        double x = node.find() ? lane(nodes, node.group()) : 0;
        double y = heights.get(event.at());
        int before = notes.merge(event.at() + " " + x, 1, Integer::sum) - 1;
        svg.dot(x, y, Svg.INK);
        svg.text(
                x + 7,
                y + 4 + before * 13,
                11,
                "start",
                Svg.INK,
                Chains.cut(log.matches() ? log.group(2) : event.text(), 52));
    }

    private static List<String> nodes(List<Trace.Event> events) {
        TreeSet<String> names = new TreeSet<>();
        for (Trace.Event event : events) {
            NODE.matcher(event.text()).results().forEach(found -> names.add(found.group()));
        }
        return new ArrayList<>(names);
    }

    private static double lane(List<String> nodes, String node) {
        return LEFT + 40 + nodes.indexOf(node) * LANE;
    }

    /** Moments in their order: what is not told takes no room. */
    private static Map<Duration, Double> heights(List<Trace.Event> events) {
        TreeSet<Duration> times = new TreeSet<>();
        for (Trace.Event event : events) {
            times.add(event.at());
            event.sent().ifPresent(times::add);
        }
        Map<Duration, Double> heights = new TreeMap<>();
        times.forEach(time -> heights.put(time, 30 + heights.size() * STEP));
        return heights;
    }

    private static String color(String frame) {
        return frame.contains("\"CMD\"")
                ? REQUEST
                : frame.contains("\"ACK\"") || frame.contains("\"PROMISED\"") ? REPLY : REFUSAL;
    }

    private static String label(String frame) {
        StringBuilder label = new StringBuilder();
        Matcher command = COMMAND.matcher(frame);
        label.append(command.find() ? command.group(1) : Chains.cut(frame, 20));
        Matcher round = ROUND.matcher(frame);
        if (round.find()) {
            label.append(" ").append(round.group(1)).append(" of ").append(round.group(2));
        }
        Matcher data = DATA.matcher(frame);
        if (data.find()) {
            label.append(" \"").append(Chains.cut(data.group(1), 14)).append('"');
        }
        return label.toString();
    }
}
