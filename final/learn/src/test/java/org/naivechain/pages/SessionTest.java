package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Small pages whose commands need nothing but a shell. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "readers' terminals run bash")
class SessionTest {
    private static final Session.Patience PATIENCE =
            new Session.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10));
    private static final Session.Patience LITTLE =
            new Session.Patience(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ZERO);
    /** A program like a node: it says who it is, goes on, and says goodbye at Ctrl+C. */
    private static final String NODE = """
            trap 'echo goodbye >> log; exit 130' INT
            echo "node $$ on $2" | tee pid
            while :; do read -r -t 0.1 line < <(cat heard 2> /dev/null) && [ -n "$line" ] && echo "heard $line" && rm heard; done
            """;

    @TempDir
    private Path root;

    private final AtomicInteger nextPort = new AtomicInteger(20_000);

    private void run(Session.Patience patience, boolean withLongCommands, String page) throws Exception {
        Files.writeString(root.resolve("page.md"), page);
        Path folder = Files.createDirectories(root.resolve("folder"));
        Files.writeString(folder.resolve("node"), NODE);
        try (Session session = new Session(
                Script.of(Page.read(root, Path.of("page.md"))),
                folder,
                Map.of("MINE", "yes"),
                patience,
                distances -> nextPort.getAndAdd(1000))) {
            session.run(withLongCommands);
        }
    }

    private void run(String page) throws Exception {
        run(PATIENCE, false, page);
    }

    private static String console(String... lines) {
        return "```console\n" + String.join("\n", lines) + "\n```\n";
    }

    private boolean isRunning() throws IOException {
        // A program that was ended at once has not even written its number.
        String[] written = Files.readString(root.resolve("folder/pid")).split(" ");
        return written.length > 1
                && ProcessHandle.of(Long.parseLong(written[1])).isPresent();
    }

    @Test
    void commandsRunInOneFolderInTheOrderOfThePage() throws Exception {
        run("text\n" + console("$ echo one > file", "$ cat file", "one") + "more\n" + console("$ echo $MINE", "yes"));
    }

    @Test
    void aWrongOutputIsNoticedAndShownWithItsPlace() {
        assertThatThrownBy(() -> run("text\n" + console("$ printf '1\\n2\\n3\\n'", "1", "two", "3")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        page.md:3: `printf '1\\n2\\n3\\n'`: from line 5 on the page says (-) what did not come (+):
                          - two
                          - 3
                          + 2
                          + 3
                        its exit status: 0""");
    }

    @Test
    void errorsAreReadLikeTheRest() throws Exception {
        run(console("$ echo trouble >&2", "trouble"));
    }

    @Test
    void barsOfProgressAreNotRead() throws Exception {
        String bar =
                "\\rsimulating  50%% [==>   ] 1/2 s (0:00:01 / 0:00:01) \\rsimulating 100%% [======] 2/2 s (0:00:02 / ?) ";

        run(console("$ printf '" + bar + "\\n'", "$ printf 'one\\r\\n" + bar + "two'", "one", "two"));
    }

    @Test
    void lettersOutsideOfAsciiAreTypedAndReadAsTheyAre() throws Exception {
        run(console("$ printf é | wc -c", "2", "$ echo é", "é"));
    }

    @Test
    void aFailureMustBeMarked() throws Exception {
        run("<!-- fails -->\n" + console("$ echo no; exit 3", "no", "$ true"));

        assertThatThrownBy(() -> run(console("$ echo no; exit 3", "no")))
                .hasMessage(
                        "page.md:2: `echo no; exit 3`: its exit status is 3; if it must fail, write <!-- fails --> on the line"
                                + " before the block");
        assertThatThrownBy(() -> run("<!-- fails -->\n" + console("$ true")))
                .hasMessage("page.md:2: a command of this block must fail, says <!-- fails -->, and none did");
    }

    @Test
    void whatDoesNotEndNeedsATerminal() {
        assertThatThrownBy(() -> run(LITTLE, false, console("$ bash node -p 15001", "...")))
                .hasMessageContaining("it did not end within 0 s; what keeps running needs <!-- terminal NAME -->");
    }

    @Test
    void whatRunsInATerminalRunsOnUntilThePageIsAtItsEnd() throws Exception {
        run("<!-- terminal a -->\n" + console("$ bash node -p 15001", "node … on 15001")
                + console("$ kill -0 $(cut -d' ' -f2 pid)", "$ echo hello > heard")
                + "<!-- terminal a -->\n" + console("heard hello"));

        await().until(() -> !isRunning());
    }

    @Test
    void aTerminalThatPrintsSomethingElseIsNoticed() throws Exception {
        assertThatThrownBy(() -> run("<!-- terminal a -->\n" + console("$ echo one", "two")))
                .hasMessage("page.md:3: `echo one`: from line 4 on the page says (-) what did not come (+):\n"
                        + "  - two\n  + one\nit has ended");
        assertThatThrownBy(() -> run(LITTLE, false, "<!-- terminal a -->\n" + console("$ cat", "two")))
                .hasMessageEndingWith("  - two\nit still runs");
        assertThatThrownBy(() -> run("<!-- terminal a -->\n" + console("$ bash node -p 15001", "node … on 15001")
                        + "<!-- terminal b -->\n" + console("more")))
                .hasMessage("page.md:7: no command was typed in a terminal b; there are [a]");
        await().until(() -> !isRunning());
    }

    @Test
    void whatIsTypedIsShownAndReachesTheCommand() throws Exception {
        run("<!-- terminal a -->\n" + console("$ read -r said; echo \"$said, too\"")
                + "<!-- type a hello -->\n<!-- terminal a -->\n" + console("hello", "hello, too"));
    }

    @Test
    void inOneTerminalOneCommandRunsAtATime() {
        String terminal = "<!-- terminal a -->\n" + console("$ cat");

        assertThatThrownBy(() -> run(terminal + terminal))
                .hasMessage(
                        "page.md:7: `cat`: in this terminal `cat` still runs; write <!-- stop a --> before this block, or name"
                                + " another terminal");
    }

    @Test
    void ctrlCEndsInGoodOrder() throws Exception {
        run("<!-- terminal a -->\n" + console("$ bash node -p 15001", "node … on 15001") + "<!-- stop a -->\n"
                + console("$ cat log", "goodbye")
                + "<!-- terminal a -->\n" + console("$ bash node -p 15001", "node … on 15001"));
    }

    @Test
    void killEndsAtOnce() throws Exception {
        run("<!-- terminal a -->\n" + console("$ bash node -p 15001", "node … on 15001")
                + "<!-- kill a -->\n<!-- fails -->\n" + console("$ ls log", "ls: …"));

        await().until(() -> !isRunning());
    }

    @Test
    void whatHasEndedCannotBeStopped() {
        assertThatThrownBy(() -> run("<!-- terminal a -->\n" + console("$ echo one") + "<!-- await a one -->\n"
                        + console("$ true") + "<!-- await a two -->\n"))
                .hasMessage("page.md:9: `echo one`: it did not print `two`\n  + one");
        assertThatThrownBy(() -> run("<!-- stop b -->"))
                .hasMessage("page.md:1: no command was typed in a terminal b; there are []");
    }

    @Test
    void portsOfThePageAreReplacedByFreeOnesEverywhere() throws Exception {
        run("<!-- terminal a -->\n" + console("$ bash node -p 15001", "node … on 15001")
                + console(
                        "$ grep -o 'on 2....' pid",
                        "on 15001",
                        "$ echo http://127.0.0.1:15002/data 15001 115001 naivechain-data/15001 | tr ' ' '\\n'",
                        "http://127.0.0.1:15002/data",
                        "15001",
                        "115001",
                        "naivechain-data/15001"));

        assertThat(Files.readString(root.resolve("folder/pid"))).endsWith(" on 20000\n");
        assertThatThrownBy(() -> run(console("$ echo 127.0.0.1:15001 http://127.0.0.1:15002", "127.0.0.1:15002 …")))
                .hasMessageContaining("  - 127.0.0.1:21001 …\n  + 127.0.0.1:21000 http://127.0.0.1:21001\n");
    }

    @Test
    void anIdThatWasPrintedIsTheOneThatIsTypedLater() throws Exception {
        String now = "aff0f2fb-78c6-4267-ba27-67f7701e886c";
        String ofPage = "ee0cc5c0-d8b3-4c49-a7f5-f4fbe1cce9bb";

        run("<!-- terminal a -->\n" + console("$ echo id " + now.replace("a", "$(echo a)") + "; cat", "id " + ofPage)
                + console("$ echo " + ofPage + " > file; cut -c 1-4 file", "aff0"));
    }

    @Test
    void whatOnlyReadsIsTypedAgainUntilItIsSo() throws Exception {
        run("<!-- terminal a -->\n" + console("$ echo begun; read -t 0.5; echo done > file; cat", "begun")
                + console("$ cat file", "done"));

        assertThatThrownBy(() -> run(console("$ echo x >> tries; wc -l < tries", "2")))
                .as("what writes is typed once")
                .hasMessageContaining("  - 2\n  + 1\n");
    }

    @Test
    void longCommandsAreLeftOutInQuickRuns() throws Exception {
        String page = "<!-- long -->\n" + console("$ echo one", "two");

        assertThatCode(() -> run(PATIENCE, false, page)).doesNotThrowAnyException();
        assertThatThrownBy(() -> run(PATIENCE, true, page)).hasMessageContaining("  - two\n  + one\n");
    }

    @Test
    void theReadersFolderLooksLikeACloneWithoutABuild() throws Exception {
        Files.createDirectories(root.resolve("repository/final"));
        Files.createDirectories(root.resolve("repository/target"));
        Files.writeString(root.resolve("repository/final/README.md"), "hello");
        Files.writeString(root.resolve("repository/mvnw"), "#!/bin/sh\necho \"$1 in $(basename \"$PWD\")\"\n");
        assertThat(root.resolve("repository/mvnw").toFile().setExecutable(true)).isTrue();

        Path folder = ReaderFolder.make(root.resolve("reader"), root.resolve("repository"));

        assertThat(folder.resolve("final/README.md")).hasContent("hello");
        assertThat(folder.resolve("target")).doesNotExist();
        try (Typed typed = new Typed("./mvnw test", folder, ReaderFolder.environment(folder), false)) {
            assertThat(typed.await(PATIENCE.usual(), typed::isAtEnd)).isTrue();
            assertThat(typed.lines()).containsExactly("test in repository");
        }
        ReaderFolder.takeApart(folder);
        assertThat(folder).isDirectoryNotContaining(Files::isSymbolicLink);
        assertThat(root.resolve("repository/final/README.md")).hasContent("hello");
    }
}
