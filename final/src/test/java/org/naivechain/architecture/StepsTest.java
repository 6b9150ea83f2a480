package org.naivechain.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A step fits one sitting, and speaks of nothing that comes later. What a later layer needs it brings itself: where a step grows
 * beyond its limit, something of a later layer has got in.
 */
class StepsTest {
    private static final Path ROOT = Path.of("..");
    /** What a step must not name, beside what those before it must not. Names on the wire and in the API are older. */
    private static final String LATER =
            "gossip|consensus|memberships?|ledgers?|receipts?|orphans?|sqlite|paxos|ballots?|batch(es)?";

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");

    private static List<Path> sources(String module) {
        Path folder = module.contains("/")
                ? ROOT.resolve(module)
                : ROOT.resolve(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "step01-blocks, 450",
        "step02-chain, 850",
        "step03-websocket, 1300",
        "step04-protocol, 2715",
        "step04-protocol/src/main/java/org/naivechain/protocol/rpc, 650",
        "step04-protocol/src/main/java/org/naivechain/protocol/demo, 270",
        "step05-http, 1700"
    })
    void aStepIsNotLongerThanItsLimit(String module, long limit) {
        long lines =
                sources(module).stream().mapToLong(file -> lines(file).size()).sum();

        assertThat(lines)
                .as("lines of " + module + "/src/main/java")
                .isPositive()
                .isLessThanOrEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "step01-blocks, votes?|voting|proposers?",
        "step02-chain, votes?|voting|proposers?",
        "step03-websocket, votes?|voting|proposers?",
        "step04-protocol, proposers?",
        "step05-http, voting"
    })
    void aStepNamesNothingOfTheLayersAfterIt(String module, String words) {
        Pattern later = later(words);

        assertThat(sources(module))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file))
                        .as(file.toString())
                        .noneMatch(line -> later.matcher(STRING.matcher(line).replaceAll(""))
                                .find()));
    }

    private static Pattern later(String words) {
        return Pattern.compile("\\b(" + LATER + "|" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    @Test
    void theWordsThatAreLookedForAreFoundWhereTheyBelong() {
        Pattern later = later("votes?|voting|proposers?");

        assertThat(sources("final").stream().flatMap(file -> lines(file).stream()))
                .filteredOn(line -> later.matcher(line).find())
                .hasSizeGreaterThan(100);
    }
}
