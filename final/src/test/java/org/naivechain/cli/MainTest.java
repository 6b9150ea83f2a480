package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.storage.TestFile;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--foo | Unknown option: '--foo'",
                "-p | Missing required parameter for option '--port' (PORT)",
                "-pidx | Unknown option: '-pidx' (did you mean -pid?)",
                "-p abc | Invalid value for option '--port': 'abc' is not an int",
                "-p 65535 | the port must be 0 to 65534, because HTTP takes the next one: 65535",
                "-p -1 | the port must be 0 to 65534, because HTTP takes the next one: -1",
                "-pid x -p 1 | to join a node its port must be given: add --peer_port (-pport)",
                "--peer_host x | to join a node its port must be given: add --peer_port (-pport)",
                "-pport 0 | a port must be 1 to 65535: 0",
                "-pid a/b -pport 15001 | a peer's id must be 1 to 64 letters, digits, dots, dashes, or underscores: \"a/b\"",
                "--peer 15001 | an address must be host:port: \"15001\"",
                "--peer a:1 -pport 2 | --peer names host and port: leave out --peer_host and --peer_port",
                "--peer a:1 --peer_host b | --peer names host and port: leave out --peer_host and --peer_port",
                "--min-nodes 0 | the least number of nodes must be at least 1: 0",
                "--host 0.0.0.0 | others cannot call 0.0.0.0: add --advertise HOST:PORT, with an address of this machine that they can reach, or give --host one address",
                "--consensus work --mining-threads -1 | --mining-threads must be 0 to 256: -1",
                "--consensus work --block-seconds 0 | --block-seconds must be 1 to 86400: 0",
                "--consensus work --confirmations 5000 | --confirmations must be 0 to 1000: 5000",
                "--mining-threads 2 | --mining-threads and --block-seconds are for --consensus work, not for majority",
                "--confirmations 3 | --confirmations is for --consensus work and --consensus stake, not for majority",
                "--stakes f | --stakes and --stake-key are for --consensus stake, not for majority",
                "--consensus work --stake-key f | --stakes and --stake-key are for --consensus stake, not for work",
                "--consensus stake | --consensus stake needs --stakes FILE; make one with: ./naivechain stake init DIR --stakes 40,30,30",
                "compare --nodes 3 | compared networks have 4 to 50 nodes: 3",
                "compare --attacker 0.5 | the attacker's share must be more than 0 and less than 0.5: 0.5",
                "compare --faults rain | a scenario must be one of [none, loss, delay, partition, crash, silence, attack, takeover, equivocation]: rain",
                "compare --svg no/such/folder/x.svg | cannot write no/such/folder/x.svg (no/such/folder/x.svg)",
                "stake | say what to make: ./naivechain stake init DIR",
                "stake init d | Missing required option: '--stakes=N'",
                "stake init d --stakes 0 | a stake must be 1 to 1000000000000000: 0",
                "stake init d --stakes 1,a | Invalid value for option '--stakes' (N): 'a' is not a long",
                "stake init d --stakes 1 --slot-seconds 0 | slot_millis must be 100 to 86400000: 0",
                "--host :: --consensus naive | others cannot call ::: add --advertise HOST:PORT, with an address of this machine that they can reach, or give --host one address",
                "--advertise 15001 | an address must be host:port: \"15001\"",
                "--advertise 0.0.0.0:15001 | others cannot call 0.0.0.0:15001: --advertise must name an address of this machine that they can reach",
                "--advertise [::]:15001 | others cannot call [::]:15001: --advertise must name an address of this machine that they can reach",
                "--advertise a:0 | a port must be 1 to 65535: 0",
                "--network-key-file | Missing required parameter for option '--network-key-file' (FILE)",
                "--data-dir | Missing required parameter for option '--data-dir' (DIR)",
                "--in-memory --data-dir d | --in-memory keeps nothing: leave out --data-dir d",
                "--consensus | Missing required parameter for option '--consensus' (ENGINE)",
                "--consensus both | Invalid value for option '--consensus': expected one of [MAJORITY, NAIVE, WORK, STAKE] (case-insensitive) but was 'both'",
                "simulate --nodes 1 | a simulated network has 2 to 50 nodes: 1",
                "simulate --nodes 51 | a simulated network has 2 to 50 nodes: 51",
                "simulate --seconds 0 | a simulation takes 1 second to 1440 minutes: 0 s",
                "simulate --minutes 1441 | a simulation takes 1 second to 1440 minutes: 86460 s",
                "simulate --minutes 1 --seconds 1 | give --minutes or --seconds, not both",
                "simulate --faults fire | faults must be none, or some of [loss, delay, duplication, reordering, partition, crash, pause, clock, join, leave, eviction, damage, deafness, copy, restoration]: fire",
                "simulate --faults none,loss | faults must be none, or some of [loss, delay, duplication, reordering, partition, crash, pause, clock, join, leave, eviction, damage, deafness, copy, restoration]: none",
                "simulate --seeds 0 | --seeds must be 1 to 10000000: 0",
                "simulate --seeds 10000001 | --seeds must be 1 to 10000000: 10000001",
                "simulate --seeds 2 --trace 5 | with --seeds, the seeds decide: leave --nodes, --minutes, --seconds, --faults, and --trace out",
                "simulate --seeds 2 --seconds 5 | with --seeds, the seeds decide: leave --nodes, --minutes, --seconds, --faults, and --trace out",
                "simulate --seed x | Invalid value for option '--seed': 'x' is not a long",
                "simulate --consensus both | Invalid value for option '--consensus': expected one of [MAJORITY, NAIVE, WORK, STAKE] (case-insensitive) but was 'both'",
                "simulate --seeds 2 --nodes 4 | with --seeds, the seeds decide: leave --nodes, --minutes, --seconds, --faults, and --trace out",
                "simulate now | Unmatched argument at index 1: 'now'",
                "simulate --seds | Unknown option: '--seds' (did you mean --seconds, --seed, --seeds?)",
                "smulate | Unmatched argument at index 0: 'smulate' (did you mean simulate?)",
                "demo | Missing required parameter: 'STEP'",
                "demo 9 | a step must be 1 to 5, or network: 9",
                "demo 2 --stay | --stay is for demo network: leave it out",
                "demo network -p 15001 | network shows all by itself: leave the other options out",
                "demo 2 --nodes | Unknown option: '--nodes'",
                "demo 2 --listen 15001 | step 2 shows all by itself: leave the other options out",
                "demo 3 --listen 1 --call 1 | step 3 takes --listen PORT in one terminal, and --call PORT in the other",
                "demo 3 -p 15001 | step 3 takes --listen PORT in one terminal, and --call PORT in the other",
                "demo 3 --call 65536 | --call: a port must be 1 to 65535: 65536",
                "demo 4 --peer 15001 | step 4 takes -p PORT in one terminal, and -p PORT --peer PORT in the other",
                "demo 5 -p 0 | -p: a port must be 1 to 65535: 0",
                "bench --nods 3 | Unknown options: '--nods', '3' (did you mean --nodes?)",
                "bench --nodes 0 | the nodes must be 1 to 16: 0",
                "bench --nodes 17 | the nodes must be 1 to 16: 17",
                "bench --clients 0 | the clients must be 1 to 270, that is 90 for each node: 0",
                "bench --clients 271 | the clients must be 1 to 270, that is 90 for each node: 271",
                "bench --seconds 0 | the seconds must be 1 to 3600: 0",
                "bench --seconds -5 | the seconds must be 1 to 3600: -5",
                "bench --warmup -1 | the seconds of the warm-up must be 0 to 3600: -1",
                "bench --bytes 15 | the bytes must be 16 to 1048574, so that each text is another one and fits a block: 15",
                "bench --bytes 1048575 | the bytes must be 16 to 1048574, so that each text is another one and fits a block: 1048575",
                "bench now | Unmatched argument at index 1: 'now'",
                "demo x | a step must be 1 to 5, or network: x"
            })
    void wrongUsageIsToldInOneLineAndExitStatus2(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);

        String command = arguments.split(" ")[0];
        String help =
                List.of("demo", "bench", "simulate", "compare").contains(command) ? command + " --help" : "--help";
        if (command.equals("stake")) {
            help = arguments.startsWith("stake init") ? "stake init --help" : "stake --help";
        }
        assertThat(err.toString())
                .isEqualTo("naivechain: " + message + "; see ./naivechain " + help + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMessageIsOneLineWhateverTheUserTyped() {
        assertThat(run("non\n sense")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo(
                        "naivechain: Unmatched argument at index 0: 'non sense' (did you mean bench?); see ./naivechain --help"
                                + System.lineSeparator());
    }

    @Test
    void anUnknownHostIsToldInOneLineAndExitStatus1() {
        assertThat(run("-p", "0", "--host", "no.such.host.invalid")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("naivechain: no such host: no.such.host.invalid; give --host an address of this machine"
                        + System.lineSeparator());
    }

    @Test
    void theChainIsKeptWhereTheUserSays(@TempDir Path directory) {
        Path data = directory.resolve("my data");

        assertThat(run("-p", "0", "--exit-when-live", "--data-dir", data.toString()))
                .isZero();

        assertThat(data.resolve("naivechain.db")).isRegularFile();
    }

    @Test
    void theSealsOfAFileAreVerifiedByTheRulesThatItRemembers(@TempDir Path directory) {
        String file = directory.resolve("naivechain.db").toString();
        run(
                "-p",
                "0",
                "--consensus",
                "work",
                "--mining-threads",
                "0",
                "--exit-when-live",
                "--data-dir",
                "" + directory);
        Block unsealed = Block.GENESIS.next(BlockData.of("x"));

        assertThat(run("verify", file)).isZero();
        TestFile.alter(
                Path.of(file),
                "INSERT INTO blocks (position, block_index, previous_hash, data, curr_hash) VALUES (1, 1, '"
                        + unsealed.previousHash() + "', '\"x\"', '" + unsealed.hash() + "')");

        assertThat(run("verify", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains(": 1 blocks, verified in ")
                .endsWith(": block 1: seal must be one of proof of work: seal=none" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-p 0", "-p 0 --in-memory"})
    void withAnyFreePortNothingIsKept(String arguments) {
        assertThat(run((arguments + " --exit-when-live").split(" "))).isZero();

        assertThat(Path.of("naivechain-data")).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldInOneLineAndExitStatus1(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("naivechain.db"), "a diary");

        assertThat(run("-p", "0", "--data-dir", directory.toString())).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("naivechain: the file " + file + " is not of SQLite, where NaiveChain keeps its chain: name"
                        + " another with --data-dir" + System.lineSeparator());
        assertThat(file).hasContent("a diary");
    }

    @ParameterizedTest
    @CsvSource({"demo, STEP", "bench, --clients=N", "simulate, --seeds=N"})
    void theHelpOfACommandNamesItsOptions(String command, String option) {
        assertThat(run(command, "--help")).isZero();

        assertThat(out.toString()).startsWith("Usage: naivechain " + command).contains(option);
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .contains(
                        "-p",
                        "--port",
                        "-pid",
                        "--peer_id",
                        "-pport",
                        "--peer_port",
                        "--peer_host",
                        "--peer=HOST:PORT",
                        "--host",
                        "--min-nodes",
                        "-h",
                        "--help",
                        "--version",
                        "--data-dir=DIR",
                        "--in-memory",
                        "--consensus=ENGINE",
                        "demo",
                        "bench",
                        "simulate");
    }

    @Test
    void theExamplesFitATerminal() {
        run("--help");

        // A line that is too long goes on in another.
        assertThat(out.toString()
                        .lines()
                        .dropWhile(line -> !line.equals("Examples:"))
                        .skip(1))
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.startsWith("  ./naivechain ") && line.length() <= 80);
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).matches("naivechain \\d+\\.\\d+\\.\\d+\\R");
    }
}
