package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedTest {
    private static final String ID = "ee0cc5c0-d8b3-4c49-a7f5-f4fbe1cce9bb";
    private static final String OTHER_ID = "aff0f2fb-78c6-4267-ba27-67f7701e886c";

    private static boolean all(List<String> page, String... came) {
        return new Printed(page, Set.of("23456")).all(List.of(came)).isMatch();
    }

    private static boolean begin(List<String> page, String... came) {
        return new Printed(page, Set.of()).begin(List.of(came)).isMatch();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node " + ID + " is live | node " + OTHER_ID + " is live",
                "age 2026-11-22 09:17:37.109676 | age 2027-01-01 00:00:00.000001",
                "2026-11-22T09:17:37Z | 2027-01-01T10:00:00.5Z",
                "at 09:17:37 | at 10:00:00.25",
                "it took 12 ms | it took 1.25 s",
                "it took 1,234 ms, and 3 seconds | it took 9ms, and 1 minute",
                "from 127.0.0.1:43210 | from 127.0.0.1:50000",
                "process 1234 builds | process 7 builds",
                "listens on port 15001 | listens on port 23456",
                "listens on 45791 and | listens on 1024 and",
                "'{\"peer_port\":\"45791\"}' | '{\"peer_port\":\"1024\"}'",
                "start one with --peer 45791 | start one with --peer 40001",
                "hash 71fb… of 3 | hash 71fbc6a1 of 3",
                "12 ms   ok | 3 ms    ok"
            })
    void whatVariesMayBeAnother(String page, String came) {
        assertThat(all(List.of(page), came)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 blocks | 4 blocks",
                "node " + ID + " is live | node 12 is live",
                "it took 12 ms | it took long",
                "hash 71fb… of 3 | hash 81fb of 3",
                "a.b | axb",
                "status 15001 | status 15002",
                "on 2026.5 | on 2027.5",
                "two words | twowords",
                "at 127.0.0.1:23456 | at 127.0.0.1:23457",
                "2 seeds | 3 seeds"
            })
    void whatDoesNotVaryMayNot(String page, String came) {
        assertThat(all(List.of(page), came)).isFalse();
    }

    @Test
    void allLinesMustComeAndNoMore() {
        assertThat(all(List.of("1", "2"), "1", "2")).isTrue();
        assertThat(all(List.of("1", "2"), "1")).isFalse();
        assertThat(all(List.of("1", "2"), "1", "2", "3")).isFalse();
        assertThat(all(List.of("1", "2"), "2", "1")).isFalse();
        assertThat(all(List.of())).isTrue();
        assertThat(all(List.of(), "1")).isFalse();
    }

    @Test
    void dotsStandForAnyLinesAndForNone() {
        assertThat(all(List.of("1", "...", "3"), "1", "2", "2", "3")).isTrue();
        assertThat(all(List.of("1", "...", "3"), "1", "3")).isTrue();
        assertThat(all(List.of("1", "...", "3", "..."), "1", "3", "3", "4")).isTrue();
        assertThat(all(List.of("..."))).isTrue();
        assertThat(all(List.of("1", "...", "3"), "1", "2", "3", "4")).isFalse();
        assertThat(all(List.of("1", "...", "3"), "1", "2")).isFalse();
    }

    @Test
    void aTerminalMayPrintMoreThanThePageShows() {
        assertThat(begin(List.of("1", "2"), "1", "2", "3")).isTrue();
        assertThat(begin(List.of("1", "2"), "1")).isFalse();
        assertThat(begin(List.of("1", "2"), "0", "1", "2")).isFalse();
        assertThat(new Printed(List.of("1", "2"), Set.of())
                        .begin(List.of("1", "2", "3"))
                        .came())
                .isEqualTo(2);
    }

    @Test
    void aBusyNodeMaySayMoreInBetween() {
        String busy = "[INFO]: PROTOCOL_PROCESSOR-Peer " + ID + " does not answer";

        assertThat(begin(List.of("1", "2"), "1", busy, "2")).isTrue();
        assertThat(begin(List.of("1", busy, "2"), "1", busy, "2")).isTrue();
        assertThat(begin(List.of("1", busy, "2"), "1", "2")).isFalse();
    }

    @Test
    void aNodeThatJoinsLateSaysTheSameInAnotherOrder() {
        String late = "[INFO]: BLOCKCHAIN-Still joining; the chain can be read meanwhile";

        assertThat(begin(List.of("1", "2", "3"), "1", late, "3", "2")).isTrue();
        assertThat(begin(List.of("1", "2", "3"), "1", late, "3")).isFalse();
        assertThat(begin(List.of("1", late, "2", "3"), "1", late, "3", "2")).isFalse();
    }

    @Test
    void aLogWithLinesLeftOutMayHaveAnotherOrder() {
        assertThat(begin(List.of("1", "...", "2", "3"), "0", "3", "2", "1")).isTrue();
        assertThat(begin(List.of("1", "...", "2", "3"), "0", "3", "1")).isFalse();
        assertThat(begin(List.of("1", "2", "3"), "1", "3", "2")).isFalse();
        assertThat(all(List.of("1", "...", "2", "3"), "1", "3", "2")).isFalse();
    }

    @Test
    void theIdsOfThisRunAreLearned() {
        assertThat(new Printed(List.of("...", "a " + ID), Set.of())
                        .all(List.of("b", "a " + OTHER_ID))
                        .ids())
                .isEqualTo(Map.of(ID, OTHER_ID));
    }

    @Test
    void theDifferenceBeginsWhereItBegins() {
        Printed printed = new Printed(List.of("1", "2", "3"), Set.of());
        List<String> came = List.of("1", "two", "3");

        assertThat(printed.difference(came, printed.all(came), 5)).isEqualTo("  - 2\n  - 3\n  + two\n  + 3\n");
    }

    @Test
    void whereLongLinesPartIsShown() {
        Printed printed = new Printed(List.of("node " + ID + " took 12 ms and has seven blocks"), Set.of());
        List<String> came = List.of("node " + OTHER_ID + " took 3 s and has eight blocks");

        assertThat(printed.difference(came, printed.all(came), 5))
                .endsWith("\n  they part at ` took 12 ms and has seven blocks`\n");
    }
}
