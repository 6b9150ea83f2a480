package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.node.Client;
import org.naivechain.protocol.FreePorts;

/**
 * The README's session, typed in by a machine: every command is run, on free ports, and must answer what the page says, but for
 * ids and times. {@code <!-- stop 9803 -->} in the page says where its reader stops the node of that port.
 */
class ReadmeIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern STOP = Pattern.compile("<!-- stop (\\d+) -->");
    private static final Pattern VARYING = Pattern.compile(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
    private static final Pattern PORT = Pattern.compile("(?<!naivechain-data/)\\b(15001|15002|9803|9804|9903|9904)\\b");

    /** A command of the page and what the page says it prints. */
    private record Typed(String command, List<String> printed) {}

    private static final Pattern NAMED = Pattern.compile("Node (\\S+) keeps its chain in naivechain-data/(\\d+)");

    private final Map<Integer, Launched> nodes = new LinkedHashMap<>();
    /** Whose ids those of the page are. */
    private final Map<String, Integer> ids = new LinkedHashMap<>();

    private final Set<Integer> running = new LinkedHashSet<>();

    @TempDir
    private Path directory;

    @AfterEach
    void endAll() {
        nodes.values().forEach(Launched::close);
    }

    @Test
    void theSessionWorksAsThePageSays() throws Exception {
        assumeThat(curlIsInstalled()).as("curl is installed").isTrue();
        int commands = 0;
        boolean inSession = false;
        List<String> lines = Files.readAllLines(README);
        for (int i = 0; i < lines.size(); i++) {
            Matcher stop = STOP.matcher(lines.get(i));
            if (stop.matches()) {
                stop(Integer.parseInt(stop.group(1)));
            } else if (lines.get(i).equals("```console")) {
                inSession = true;
            } else if (lines.get(i).equals("```")) {
                inSession = false;
            } else if (inSession) {
                Typed typed = typed(lines, i);
                run(typed);
                commands++;
                i += typed.printed().size();
            }
        }
        assertThat(commands).isGreaterThan(10);
    }

    private static Typed typed(List<String> lines, int at) {
        assertThat(lines.get(at)).startsWith("$ ");
        List<String> printed = new ArrayList<>();
        for (int i = at + 1; !lines.get(i).startsWith("$ ") && !lines.get(i).equals("```"); i++) {
            printed.add(lines.get(i));
        }
        return new Typed(lines.get(at).substring(2), printed);
    }

    private void run(Typed typed) throws Exception {
        if (typed.command().startsWith("./naivechain ")) {
            start(typed);
        } else {
            assertThat(typed.command()).startsWith("curl ");
            assertThat(shell(withRealIds(withRealPorts(typed.command())))).matches(expected(typed));
        }
    }

    private void start(Typed typed) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(typed.command().split(" ")).subList(1, typed.command().split(" ").length));
        int port = words.indexOf("-p") + 1;
        int named = Integer.parseInt(words.get(port));
        int real = nodes.containsKey(named) ? nodes.get(named).port() : FreePorts.pair();
        words.set(port, Integer.toString(real));
        words.replaceAll(word -> nodes.isEmpty() ? word : withRealPorts(word));
        if (words.contains("-pid")) {
            words.set(words.indexOf("-pid") + 1, nodes.get(15001).id());
        }
        words.addAll(List.of("--data-dir", "naivechain-data/" + named));
        Launched node = new Launched(directory, Map.of(), words.toArray(String[]::new));
        nodes.put(named, node);
        Matcher id = NAMED.matcher(String.join("\n", typed.printed()));
        if (id.find()) {
            ids.put(id.group(1), named);
        }
        running.add(named);
        node.live();
        await().until(() -> running.stream()
                .map(nodes::get)
                .allMatch(each -> new Client(each.port()).peerIds().size() == nodes.size() - 1));
        await().untilAsserted(() -> assertShown(node, typed));
    }

    /** On a busy machine a node says that it still joins, and what it does meanwhile: the page's lines are among those. */
    private void assertShown(Launched node, Typed typed) {
        List<String> log = List.copyOf(node.log());
        if (log.stream().noneMatch(line -> line.contains("Still joining"))) {
            assertThat(String.join("\n", log.subList(0, typed.printed().size())))
                    .matches(expected(typed));
        } else {
            assertThat(typed.printed())
                    .allSatisfy(line -> assertThat(log)
                            .anyMatch(expected(new Typed(typed.command(), List.of(line)))
                                    .asMatchPredicate()));
        }
    }

    /** Those who are left and are no majority notice after some seconds, as the reader does who types. */
    private void stop(int named) {
        Map<Launched, Integer> logged = new HashMap<>();
        running.forEach(
                port -> logged.put(nodes.get(port), nodes.get(port).log().size()));
        logged.remove(nodes.get(named));
        nodes.get(named).close();
        running.remove(named);
        if (running.size() <= nodes.size() / 2) {
            await().until(() -> logged.entrySet().stream()
                    .allMatch(left -> left.getKey().log().stream()
                            .skip(left.getValue())
                            .anyMatch(line -> line.contains("No proposer is heard of"))));
        }
    }

    private String withRealIds(String text) {
        String real = text;
        for (Map.Entry<String, Integer> id : ids.entrySet()) {
            real = real.replace(id.getKey(), nodes.get(id.getValue()).id());
        }
        return real;
    }

    private String withRealPorts(String text) {
        return PORT.matcher(text).replaceAll(port -> {
            int named = Integer.parseInt(port.group());
            return Integer.toString(
                    nodes.containsKey(named)
                            ? nodes.get(named).port()
                            : nodes.get(named - 1).port() + 1);
        });
    }

    /** A pattern of what the page says, with any id for an id, any time for a time, and peers in any order of arrival. */
    private Pattern expected(Typed typed) {
        String text = withRealPorts(String.join("\n", typed.printed()));
        StringBuilder pattern = new StringBuilder();
        Matcher varying = VARYING.matcher(text);
        int end = 0;
        while (varying.find()) {
            pattern.append(Pattern.quote(text.substring(end, varying.start()))).append("[0-9a-f .:-]+");
            end = varying.end();
        }
        return Pattern.compile(pattern + Pattern.quote(text.substring(end)));
    }

    private static boolean curlIsInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command.replaceFirst("^curl", "curl -sS")).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, errors).isZero();
        return printed.strip();
    }
}
