package org.naivechain.pages;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Free ports for those of a page. A node has two, in a row. */
final class PagePorts {
    private static final Pattern NAMED = Pattern.compile(
            "(?:(?<=\\s)(?:-p|-pport|--(?:port|peer|listen|call))[ =]|\\b(?:127\\.0\\.0\\.1|localhost)[:/]|\\bnaivechain-data/)(\\d{4,5})\\b");
    private static final Pattern NUMBER = Pattern.compile("(?<!\\w|\\d\\.)\\d{4,5}(?!\\w|\\.\\d|,\\d{3}\\b)");
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_534;

    /** Programs compute ports from those that they are given: they say how to start another node on the next but one. */
    private static final int NEXT = 3;
    /** What is so close together stays so. */
    private static final int CLOSE = 100;

    private final Map<String, String> real = new TreeMap<>();

    /** Finds a port that is so far before others, and all of these are free. */
    @FunctionalInterface
    interface Free {
        int at(int... distances);
    }

    /** Those that the commands of a page name, and those that follow them. */
    PagePorts(Iterable<String> commands, Free free) {
        TreeSet<Integer> named = new TreeSet<>();
        for (String command : commands) {
            NAMED.matcher(command)
                    .results()
                    .map(port -> Integer.parseInt(port.group(1)))
                    .filter(port -> port >= LOWEST && port <= HIGHEST)
                    .forEach(named::add);
        }
        Set<Integer> taken = new HashSet<>();
        while (!named.isEmpty()) {
            Set<Integer> group = group(named);
            named.removeAll(group);
            int first = group.iterator().next();
            int[] distances = group.stream()
                    .flatMap(port -> Stream.of(port - first, port - first + 1))
                    .mapToInt(Integer::intValue)
                    .distinct()
                    .toArray();
            map(group, first, free(free, distances, taken));
        }
    }

    private static Set<Integer> group(TreeSet<Integer> named) {
        Set<Integer> group = new TreeSet<>(Set.of(named.first()));
        int last = named.first();
        for (int port : named.tailSet(last, false)) {
            if (port - last > CLOSE) {
                break;
            }
            group.add(port);
            last = port;
        }
        return group;
    }

    /** Two groups of one page stay apart, too. */
    private static int free(Free free, int[] distances, Set<Integer> taken) {
        while (true) {
            int first = free.at(distances);
            if (IntStream.of(distances).noneMatch(distance -> taken.contains(first + distance))) {
                IntStream.of(distances).forEach(distance -> taken.add(first + distance));
                return first;
            }
        }
    }

    private void map(Set<Integer> group, int ofPage, int now) {
        for (int port : group) {
            for (int i = 0; i <= NEXT; i++) {
                real.put(Integer.toString(port + i), Integer.toString(port + i - ofPage + now));
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
