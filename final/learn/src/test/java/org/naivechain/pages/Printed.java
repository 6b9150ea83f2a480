package org.naivechain.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page says that a command prints. Ids, times, durations, and ports that the page did not choose may be any others; runs
 * of blanks may be of another length, as columns are. A line {@code ...} stands for any lines, {@code …} for any letters of one.
 */
final class Printed {
    private static final String ANY_LINES = "...";
    private static final String NUMBER = "\\d[\\d.,]*";
    /** What varies from run to run, each with what may stand for it; the order counts. */
    private static final Map<String, String> VARYING = varying();

    private static final Pattern TOKEN = Pattern.compile(String.join("|", VARYING.keySet()) + "|\\s+");
    /** What a node says besides when its machine is busy. */
    private static final Pattern WHEN_BUSY =
            Pattern.compile("\\[\\w+]: .*(does not answer|No proposer is heard of|is SUSPECT|is ALIVE).*");

    private static final String LATE = "Still joining";

    /** Letters. */
    private static final int LONG = 40;

    private final List<String> lines;
    private final Set<String> ports;
    private final List<Pattern> patterns = new ArrayList<>();

    private static Map<String, String> varying() {
        Map<String, String> varying = new LinkedHashMap<>();
        varying.put("(?<any>…)", ".*");
        varying.put("(?<id>" + PageIds.ID.pattern() + ")", "(" + PageIds.ID.pattern() + ")");
        String day = "\\d{4}-\\d\\d-\\d\\d";
        String time = "\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?";
        varying.put("(?<moment>" + day + "[ T]" + time + ")", day + "[ T]" + time);
        varying.put("(?<time>\\b" + time + ")", time);
        String unit = "(?:ns|µs|us|ms|s|min|h|seconds?|milliseconds?|minutes?|hours?)\\b";
        varying.put("(?<duration>\\b" + NUMBER + "\\s*" + unit + ")", NUMBER + "\\s*" + unit);
        String before = "127\\.0\\.0\\.1:|localhost:|\\b(?:port|on) |port\"?[:=]\"?|-p |--peer ";
        varying.put("(?<port>(?<=" + before + ")\\d{4,5}\\b(?![-.,:]\\d))", "\\d{4,5}");
        varying.put("(?<process>(?<=\\bprocess |\\bpid )\\d+\\b)", "\\d+");
        return varying;
    }

    /** Lines in which the page's own ports are replaced already, by those that are given. */
    Printed(List<String> lines, Set<String> ports) {
        this.lines = lines;
        this.ports = ports;
        for (String line : lines) {
            patterns.add(line.strip().equals(ANY_LINES) ? null : pattern(line.stripTrailing(), ports));
        }
    }

    private static Pattern pattern(String line, Set<String> ports) {
        StringBuilder pattern = new StringBuilder();
        Matcher token = TOKEN.matcher(line);
        int end = 0;
        while (token.find()) {
            pattern.append(Pattern.quote(line.substring(end, token.start())))
                    .append(ports.contains(token.group()) ? token.group() : stand(token));
            end = token.end();
        }
        return Pattern.compile(pattern + Pattern.quote(line.substring(end)) + "\\s*");
    }

    private static String stand(Matcher token) {
        if (token.group().isBlank()) {
            return "\\s+";
        }
        return VARYING.entrySet().stream()
                .filter(each ->
                        token.group(each.getKey().substring(3, each.getKey().indexOf('>'))) != null)
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /**
     * How far lines that came are those of the page.
     *
     * @param isMatch whether they are
     * @param expected how many of the page's lines were found, at the best
     * @param came how many lines that took
     */
    record Match(boolean isMatch, int expected, int came, Map<String, String> ids) {}

    /** A way through the page's lines: how many are found, in which of those that came, and the way before. */
    private record Way(int expected, String line, Way before) {}

    /** All lines that came must be on the page. */
    Match all(List<String> came) {
        return match(came, false);
    }

    /**
     * Lines may follow that are not on the page, and a busy node's log may have some between. What the page tells with others left
     * out may come in another order, as several threads log; and so does all of it when a node joins so late that it goes on before.
     */
    Match begin(List<String> came) {
        Match match = match(came, true);
        boolean joinsLate = has(came, LATE) && !has(lines, LATE);
        if (match.isMatch() || !(joinsLate || patterns.contains(null))) {
            return match;
        }
        Match inAnyOrder = inAnyOrder(came);
        return inAnyOrder.isMatch() ? inAnyOrder : match;
    }

    private static boolean has(List<String> lines, String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
    }

    private Match inAnyOrder(List<String> came) {
        Map<String, String> ids = new LinkedHashMap<>();
        int found = 0;
        for (int i = 0; i < lines.size(); i++) {
            Pattern pattern = patterns.get(i);
            Optional<String> line = pattern == null
                    ? Optional.of("")
                    : came.stream().filter(pattern.asMatchPredicate()).findFirst();
            if (line.isPresent()) {
                found++;
                learn(ids, i, line.get());
            }
        }
        return new Match(found == lines.size(), found, came.size(), ids);
    }

    private Match match(List<String> came, boolean runsOn) {
        Map<Integer, Way> ways = new LinkedHashMap<>();
        reach(ways, new Way(0, "", null));
        Way best = ways.values().stream().reduce((one, next) -> next).orElseThrow();
        int taken = 0;
        for (int i = 0; i < came.size() && !(runsOn && ways.containsKey(lines.size())); i++) {
            ways = next(ways, came.get(i), runsOn);
            for (Way way : ways.values()) {
                if (way.expected() > best.expected()) {
                    best = way;
                    taken = i + 1;
                }
            }
        }
        Way whole = ways.get(lines.size());
        return new Match(whole != null, best.expected(), taken, whole == null ? Map.of() : ids(whole));
    }

    private Map<Integer, Way> next(Map<Integer, Way> ways, String line, boolean runsOn) {
        Map<Integer, Way> next = new LinkedHashMap<>();
        for (Way way : ways.values()) {
            int at = way.expected();
            if (at < lines.size()
                    && patterns.get(at) != null
                    && patterns.get(at).matcher(line).matches()) {
                reach(next, new Way(at + 1, line, way));
            }
            if ((at < lines.size() && patterns.get(at) == null)
                    || (runsOn && WHEN_BUSY.matcher(line).matches())) {
                reach(next, way);
            }
        }
        return next;
    }

    /** Any lines may be none. */
    private void reach(Map<Integer, Way> ways, Way way) {
        ways.putIfAbsent(way.expected(), way);
        if (way.expected() < lines.size() && patterns.get(way.expected()) == null) {
            reach(ways, new Way(way.expected() + 1, "", way));
        }
    }

    private Map<String, String> ids(Way whole) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (Way way = whole; way.before() != null; way = way.before()) {
            learn(ids, way.expected() - 1, way.line());
        }
        return ids;
    }

    private void learn(Map<String, String> ids, int expected, String line) {
        Pattern pattern = patterns.get(expected);
        if (pattern != null) {
            Matcher now = pattern.matcher(line);
            Matcher ofPage = PageIds.ID.matcher(lines.get(expected));
            now.matches();
            for (int i = 1; i <= now.groupCount() && ofPage.find(); i++) {
                ids.put(ofPage.group(), now.group(i));
            }
        }
    }

    /** What the page says from the first line on that was not found, and what came instead, some lines of each. */
    String difference(List<String> came, Match match, int several) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .skip(match.expected())
                .limit(several)
                .forEach(line -> text.append("  - ").append(line).append('\n'));
        came.stream()
                .skip(match.came())
                .limit(several)
                .forEach(line -> text.append("  + ").append(line).append('\n'));
        if (match.expected() < lines.size() && match.came() < came.size()) {
            text.append(parting(lines.get(match.expected()), came.get(match.came())));
        }
        return text.toString();
    }

    /** Of lines that are long and begin alike, where they part. */
    private String parting(String line, String came) {
        int alike = line.length();
        while (alike > LONG
                && !pattern(line.substring(0, alike), ports).matcher(came).lookingAt()) {
            alike--;
        }
        return alike > LONG && alike < line.length()
                ? "  they part at `" + line.substring(alike - LONG / 2, Math.min(line.length(), alike + LONG / 2))
                        + "`\n"
                : "";
    }
}
