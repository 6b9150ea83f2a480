package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulateCommandTest {
    private static final Pattern REPLAY = Pattern.compile("(?m)^Replay it with: \\./naivechain (simulate .*)$");
    private static final Pattern SMALLEST = Pattern.compile("(?m)^The smallest run found that breaks a promise: (.*)$");
    private static final Pattern BROKEN = Pattern.compile("(?m)^verdict       BROKEN: (.*)$");

    private static final Pattern PASSED = Pattern.compile("(?m)^virtual time  (\\d+) s");

    private record Run(int status, String out, String err) {}

    private static Run run(String arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Run(line.execute(arguments.split(" ")), out.toString(), err.toString());
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s in:%n%s", pattern, text).isTrue();
        return found.group(1);
    }

    @Test
    void aShortRunSaysWhatHappenedAndThatEveryPromiseWasKept() {
        Run run = run("simulate --nodes 3 --seconds 5");

        assertThat(run.out())
                .matches("(?s)virtual time  \\d+ s, of them 5 with faults\\R"
                        + "messages      [1-9]\\d*\\R"
                        + "blocks        [1-9]\\d*\\R"
                        + "adds          [1-9]\\d* acknowledged, \\d+ refused, \\d+ without certainty\\R"
                        + "elections     [1-9]\\d*\\R"
                        + "faults        .*\\R"
                        + "verdict       every promise was kept\\R");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
        String first = run("simulate --nodes 3 --seconds 5 --seed 7").out();

        assertThat(run("simulate --nodes 3 --seconds 5 --seed 7").out()).isEqualTo(first);
        assertThat(run("simulate --nodes 3 --seconds 5 --seed 8").out()).isNotEqualTo(first);
    }

    @Test
    void withoutFaultsNoneHappen() {
        Run run = run("simulate --nodes 2 --seconds 2 --faults none");

        assertThat(run.out())
                .containsPattern("(?m)^virtual time  \\d+ s, of them 0 with faults$")
                .containsPattern("(?m)^faults        none$");
        assertThat(run.status()).isZero();
    }

    @Test
    void onlyTheFaultsThatAreNamedHappen() {
        assertThat(run("simulate --nodes 3 --seconds 20 --faults loss,DELAY").out())
                .containsPattern("(?m)^faults        \\d+ loss, \\d+ delay$");
    }

    @Test
    void manySeedsAreSummedUp() {
        Run run = run("simulate --seed 5 --seeds 2");

        assertThat(run.out())
                .matches("(?s)runs          2, from seed 5 on\\R"
                        + "messages      [1-9]\\d*\\R"
                        + "adds          [1-9]\\d* acknowledged\\R"
                        + "elections     [1-9]\\d*\\R"
                        + "faults        [1-9]\\d*\\R"
                        + "verdict       every promise was kept\\R");
        assertThat(run.status()).isZero();
    }

    @Test
    void tellsWhatHappenedAboutABlock() {
        Run run = run("simulate --nodes 3 --seconds 2 --faults none --trace 5");

        assertThat(run.out())
                .containsSubsequence(
                        "What happened about block 5:",
                        "\"CMD\":\"PROPOSE\"",
                        "\"reply\":\"ACK\"",
                        "verdict       every promise was kept");
        assertThat(run.status()).isZero();
        assertThat(run("simulate --nodes 3 --seconds 2 --faults none --trace 100000")
                        .out())
                .contains("nothing: there is no such block");
    }

    @Test
    void measuresHowFastWordGetsRound() {
        Run run = run("simulate --gossip --nodes 10 --seed 1");

        assertThat(run.out())
                .matches("(?s)nodes         10, whose logarithm to base 2 is 3\\.3\\R"
                        + " +rounds  messages per node\\R"
                        + "formation +\\d+\\.\\d +\\d+\\.\\d\\R"
                        + "newcomer +\\d+\\.\\d +\\d+\\.\\d\\R"
                        + "death +\\d+\\.\\d +\\d+\\.\\d\\R"
                        + "false alarms  0\\R");
        assertThat(run.status()).isZero();
        assertThat(run("simulate --gossip --nodes 10 --seed 1").out()).isEqualTo(run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--seeds 5", "--minutes 1", "--seconds 1", "--faults none", "--consensus naive", "--trace 1"})
    void gossipIsMeasuredWithoutTheRest(String more) {
        Run run = run("simulate --gossip " + more);

        assertThat(run.err()).contains("with --gossip there are only --nodes and --seed: leave --seeds,");
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "5001"})
    void gossipIsNotMeasuredInANetworkOfAnySize(String nodes) {
        PrintStream before = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true));
        Run run;
        try {
            run = run("simulate --gossip --nodes " + nodes);
        } finally {
            System.setErr(before);
        }

        assertThat(shown.toString()).as("a bar for what is refused").isEmpty();
        assertThat(run.err()).contains("a network that gossips has 3 to 5000 nodes: " + nodes);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aBrokenPromiseIsExitStatus1AndItsReplayShowsItAgain() {
        Run broken = run("simulate --consensus naive --nodes 3 --seed 3 --seconds 20");
        assertThat(broken.status()).isEqualTo(1);
        find(BROKEN, broken.out());
        String passed = find(PASSED, broken.out());
        assertThat(broken.out()).contains("virtual time  " + passed + " s, of them " + passed + " with faults");
        assertThat(Integer.parseInt(passed)).isLessThan(20);
        String smallest = find(SMALLEST, broken.out());

        Run replay = run(find(REPLAY, broken.out()));

        assertThat(replay.status()).isEqualTo(1);
        assertThat(find(BROKEN, replay.out())).isEqualTo(smallest);
    }
}
