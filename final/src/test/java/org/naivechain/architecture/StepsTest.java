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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A step fits one sitting, and speaks of nothing that comes later. What a later layer needs it brings itself: where a step grows
 * beyond its limit, something of a later layer has got in.
 */
class StepsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LATER = Pattern.compile(
            "\\b(ballots?|votes?|voting|proposers?|memberships?|gossip|consensus|receipts?|orphans?|sqlite|paxos)\\b",
            Pattern.CASE_INSENSITIVE);

    private static List<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
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

    /** Steps 4 and 5 are still too long; their limits here keep them from growing until they are cut. */
    @ParameterizedTest
    @CsvSource({
        "step01-blocks, 450",
        "step02-chain, 850",
        "step03-websocket, 1300",
        "step04-protocol, 2700",
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
    @ValueSource(strings = {"step01-blocks", "step02-chain", "step03-websocket"})
    void aStepNamesNothingOfTheLayersAfterIt(String module) {
        assertThat(sources(module))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file))
                        .as(file.toString())
                        .noneMatch(line -> LATER.matcher(line).find()));
    }

    @Test
    void theWordsThatAreLookedForAreFoundWhereTheyBelong() {
        assertThat(sources("final").stream().flatMap(file -> lines(file).stream()))
                .filteredOn(line -> LATER.matcher(line).find())
                .hasSizeGreaterThan(100);
    }
}
