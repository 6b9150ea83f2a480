package org.naivechain.pages;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/** Free ports for those of a page. A node has two, in a row. */
final class PagePorts {
    private static final Pattern NAMED = Pattern.compile(
            "(?:(?<=\\s)(?:-p|-pport|--(?:port|peer|listen|call))[ =]|\\b(?:127\\.0\\.0\\.1|localhost)[:/]|\\bnaivechain-data/)(\\d{4,5})\\b");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w]|\\d[.,])\\d{4,5}(?!\\w|[.,]\\d)");
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_534;

    private final Map<String, String> real = new TreeMap<>();

    /** Those that the commands of a page name, with pairs that the supplier finds. */
    PagePorts(Iterable<String> commands, IntSupplier freePairs) {
        Set<Integer> named = new TreeSet<>();
        for (String command : commands) {
            NAMED.matcher(command)
                    .results()
                    .map(port -> Integer.parseInt(port.group(1)))
                    .filter(port -> port >= LOWEST && port <= HIGHEST)
                    .forEach(named::add);
        }
        Set<Integer> taken = new HashSet<>();
        for (int port : named) {
            if (!real.containsKey(Integer.toString(port))) {
                int pair = freePairs.getAsInt();
                while (taken.contains(pair) || taken.contains(pair + 1)) {
                    pair = freePairs.getAsInt();
                }
                taken.add(pair);
                taken.add(pair + 1);
                real.put(Integer.toString(port), Integer.toString(pair));
                real.put(Integer.toString(port + 1), Integer.toString(pair + 1));
            }
        }
    }

    /** Those that stand for the page's. */
    Set<String> inUse() {
        return Set.copyOf(real.values());
    }

    /** The text with the page's ports replaced. */
    String real(String text) {
        return NUMBER.matcher(text).replaceAll(number -> real.getOrDefault(number.group(), number.group()));
    }
}
