package org.naivechain.notebooks;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
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
    private static final double STEP = 30;
    private static final double HEAD = 14;
    private static final double TOP = 42;
    private static final double FONT = 11;
    private static final double LINE = 13;
    private static final double DESCENT = 3;
    /** Between a node's line and words. */
    private static final double GAP = 9;

    private static final int WIDEST = 36;
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

        Line2D line() {
            return new Line2D.Double(x1, y1, x2, y2);
        }

        void name(Svg svg, Places places) {
            Rectangle2D box = places.take(beside(Svg.room(label(frame), FONT)));
            svg.ground(box);
            svg.text(box.getX(), box.getMaxY() - DESCENT, FONT, "start", color(frame), label(frame));
        }

        /** Above the line or below it, in the lane before the receiver, best where that lane begins. */
        private List<Places.Place> beside(double width) {
            List<Places.Place> found = new ArrayList<>();
            double room = LANE - 2 * GAP - width;
            for (double along = 0; along <= Math.max(0, room); along += 12) {
                double left = x1 < x2 ? x2 - LANE + GAP + along : x2 + LANE - GAP - along - width;
                double above = Math.min(heightAt(left), heightAt(left + width)) - 2 - LINE;
                double below = Math.max(heightAt(left), heightAt(left + width)) + 2;
                for (int line = 0; line < 4; line++) {
                    found.add(place(left, above - line * LINE, width, along / 10 + line * 12));
                    found.add(place(left, below + line * LINE, width, along / 10 + line * 12 + 4));
                }
            }
            return found.stream().filter(each -> each.box().getY() > HEAD).toList();
        }

        private double heightAt(double x) {
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1);
        }
    }

    /** What a node does or says at one moment. */
    private record Note(double x, double y, List<String> lines) {
        void draw(Svg svg, Places places) {
            double width = lines.stream()
                    .mapToDouble(line -> Svg.room(line, FONT))
                    .max()
                    .orElse(0);
            double height = lines.size() * LINE;
            List<Places.Place> possible = new ArrayList<>();
            for (int down = -1; down <= 2; down++) {
                possible.add(new Places.Place(
                        new Rectangle2D.Double(x + GAP, y - LINE / 2 + down * 7, width, height), Math.abs(down) * 5));
            }
            Rectangle2D box = places.take(possible);
            svg.ground(box);
            svg.dot(x, y, Svg.INK);
            for (int i = 0; i < lines.size(); i++) {
                svg.text(box.getX(), box.getY() + (i + 1) * LINE - DESCENT, FONT, "start", Svg.INK, lines.get(i));
            }
        }
    }

    private static Places.Place place(double left, double top, double width, double away) {
        return new Places.Place(new Rectangle2D.Double(left, top, width, LINE), away);
    }

    static Picture of(List<Trace.Event> all) {
        List<Trace.Event> events = all.subList(0, Math.min(MOST, all.size()));
        List<String> nodes = nodes(events);
        Map<Duration, Map<String, List<String>>> words = words(events);
        Map<Duration, Double> heights = heights(events, words);
        double bottom = STEP
                + heights.entrySet().stream()
                        .mapToDouble(each -> each.getValue() + room(words.getOrDefault(each.getKey(), Map.of())))
                        .max()
                        .orElse(TOP);
        Svg svg = new Svg();
        for (String node : nodes) {
            svg.text(lane(nodes, node), 6, 13, "middle", Svg.INK, node);
            svg.line(lane(nodes, node), HEAD, lane(nodes, node), bottom, "#c3cad5");
        }
        heights.forEach((time, y) -> svg.text(0, y + 4, FONT, "start", Svg.PALE_INK, time.toMillis() + " ms"));
        List<Arrow> arrows = events.stream()
                .flatMap(event -> arrow(event, nodes, heights).stream())
                .toList();
        Places places = new Places(arrows.stream().map(Arrow::line).toList());
        // Words come over lines.
        arrows.forEach(arrow -> arrow.draw(svg));
        words.forEach((time, said) -> said.forEach((node, lines) ->
                new Note(node.isEmpty() ? 0 : lane(nodes, node), heights.get(time), lines).draw(svg, places)));
        arrows.forEach(arrow -> arrow.name(svg, places));
        String text = all.stream().map(Trace.Event::toString).collect(Collectors.joining("\n"));
        return svg.picture(text.isEmpty() ? "nothing happened" : text);
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

    /** The lines that stand beside a node at a moment; beside no node, if there is none in them. */
    private static Map<Duration, Map<String, List<String>>> words(List<Trace.Event> events) {
        Map<Duration, Map<String, List<String>>> words = new TreeMap<>();
        for (Trace.Event event : events) {
            if (event.sent().isEmpty()) {
                Matcher log = LOG.matcher(event.text());
                Matcher node = NODE.matcher(event.text());
                words.computeIfAbsent(event.at(), none -> new TreeMap<>())
                        .computeIfAbsent(node.find() ? node.group() : "", none -> new ArrayList<>())
                        .addAll(folded(log.matches() ? log.group(2) : event.text()));
            }
        }
        return words;
    }

    /** A text in lines that fit between two nodes, three at the most. */
    private static List<String> folded(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + word.length() >= WIDEST) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        if (lines.size() > 3) {
            lines.set(2, lines.get(2) + " …");
        }
        return lines.stream().limit(3).toList();
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

    /** Moments in their order: what is not told takes no room, and what is told has the room that it needs. */
    private static Map<Duration, Double> heights(
            List<Trace.Event> events, Map<Duration, Map<String, List<String>>> words) {
        TreeSet<Duration> times = new TreeSet<>();
        for (Trace.Event event : events) {
            times.add(event.at());
            event.sent().ifPresent(times::add);
        }
        Map<Duration, Double> heights = new TreeMap<>();
        double y = TOP;
        for (Duration time : times) {
            heights.put(time, y);
            y += STEP + room(words.getOrDefault(time, Map.of()));
        }
        return heights;
    }

    /** What the words of a moment need below its height, beyond a step. */
    private static double room(Map<String, List<String>> words) {
        int lines = words.values().stream().mapToInt(List::size).max().orElse(0);
        return Math.max(0, (lines - 1) * LINE);
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
