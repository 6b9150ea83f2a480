package org.naivechain.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.protocol.FreePorts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a reader types, in a terminal, right and wrong. */
class LearnIT {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private final List<Process> running = new ArrayList<>();
    private Path workspace;
    private Path hash;

    /** What a command printed, errors included, and its exit status. */
    private record Typed(int status, String printed) {}

    @BeforeEach
    void aFolderWithASpace() {
        workspace = directory.resolve("my work");
        hash = workspace.resolve("src/main/java/org/naivechain/blocks/Hash.java");
    }

    @AfterEach
    void end() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void fromTheFirstLookToASolvedExercise() throws Exception {
        assertThat(learn().printed()).contains("Blocks", "1.1", "Next: ./naivechain learn start 1.1");
        assertThat(learn("start").printed()).contains("The hash of a block", "Hash.java:");
        assertThat(Files.readString(hash)).contains("// Exercise 1.1: your code.");
        assertThat(Files.readString(workspace.resolve("pom.xml"))).contains("naivechain.jar");

        Typed notWritten = learn("check");
        assertThat(notWritten.status()).isEqualTo(1);
        assertThat(notWritten.printed()).contains("`of` is not written yet", "Not yet. 0 of");
        assertThat(learn("hint").printed()).contains("Hint 1 of").doesNotContain("Hint 2");
        assertThat(learn("hint").printed()).contains("Hint 1 of", "Hint 2 of");

        String begun = Files.readString(hash);
        assertThat(learn("solution").printed()).contains("is kept as Hash.java.kept-1");
        assertThat(Files.readString(hash.resolveSibling("Hash.java.kept-1"))).isEqualTo(begun);
        Typed solved = learn("check", "1.1");
        assertThat(solved.printed()).contains("1.1 is solved.", "You had seen the solution");
        assertThat(solved.status()).isZero();

        JsonNode report = JsonMapper.shared()
                .readTree(learn("report", "--json", "--name", "Ann").printed());
        assertThat(report.get("name").asString()).isEqualTo("Ann");
        assertThat(report.get("solved").asInt()).isEqualTo(1);
        JsonNode first = report.get("exercises").get("1.1");
        assertThat(first.get("state").asString()).isEqualTo("solved with the solution");
        assertThat(first.get("hints").asInt()).isEqualTo(2);
    }

    @Test
    void theHelpIsThatOfTheCommandThatWasTyped() throws Exception {
        assertThat(learn("--help").printed())
                .contains("Usage: naivechain learn [-h] [COMMAND]", "start ", "solution ", "EXERCISE is a number");
        assertThat(learn("start", "--help").printed())
                .contains("Usage: naivechain learn start [-h] [EXERCISE]", "Gives you an exercise");
        assertThat(learn("hint", "-h").printed()).contains("Usage: naivechain learn hint [-h] [EXERCISE]");
        assertThat(learn("solution", "--help").printed()).contains("--now");
        assertThat(learn("run", "--help").printed()).contains("Example: ./naivechain learn run -p 15001");
    }

    @Test
    void aCompileErrorIsShownWithItsFileAndLine() throws Exception {
        learn("start", "1.1");
        List<String> lines = new ArrayList<>(Files.readAllLines(hash));
        int hole = lines.indexOf("        // Exercise 1.1: your code.");
        lines.set(hole, "        int x = \"one\";");
        Files.write(hash, lines);

        Typed checked = learn("check");

        assertThat(checked.printed())
                .contains(
                        "It does not compile", "Hash.java:" + (hole + 1) + ": incompatible types", "int x = \"one\";");
        assertThat(checked.status()).isEqualTo(1);
        assertThat(learn("run").printed()).contains("Not used, as it does not compile", "there is nothing of yours");
    }

    @Test
    void aClassThatEndsTheProgramOrEatsTheMemoryOrNeverEndsIsTold() throws Exception {
        learn("start", "1.1");
        String begun = Files.readString(hash);
        String hole = "throw new UnsupportedOperationException(\"exercise 1.1: write of\");";

        Files.writeString(hash, begun.replace(hole, "System.exit(0); return null;"));
        assertThat(learn("check").printed())
                .contains("ended by itself, with the status 0: does your class call System.exit?");

        Files.writeString(hash, begun.replace(hole, "return new Hash(\"a\".repeat(1 << 30) + \"b\".repeat(1 << 30));"));
        assertThat(learn("check").printed()).contains("more than 512 MB of memory");

        Files.writeString(hash, begun.replace(hole, "while (previous != null) { } return null;"));
        assertThat(learn("check").printed()).contains("after 20 s: an endless loop", "of (Hash.java:");
    }

    @Test
    void nothingOfTheReadersIsLostByWrongUse() throws Exception {
        assertThat(learn("start", "1.99").printed()).contains("there is no exercise 1.99; there are 1.1 ");
        assertThat(learn("check").printed()).contains("no exercise is begun: ./naivechain learn start 1.1");
        assertThat(learn("check", "1.2").printed()).contains("exercise 1.2 is not started");
        assertThat(learn("run").printed()).contains("there is nothing of yours to run on");
        Typed misspelt = learn("chekc");
        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.printed()).contains("'chekc'", "did you mean check");
        assertThat(learn("start", "--all").printed()).contains("'--all'; see ./naivechain learn start --help");
        learn("start", "1.1");
        assertThat(learn("solution", "1.1").printed()).contains("try it first");

        Files.writeString(hash, Files.readString(hash) + "// mine\n");
        String mine = Files.readString(hash);
        assertThat(learn("start", "1.1").printed()).contains("your file is as you left it");
        assertThat(Files.readString(hash)).isEqualTo(mine);
        assertThat(learn("reset", "1.1").printed()).contains("1.1 is as it was at its beginning");

        Path moved = workspace.resolve("Hash.java");
        Files.move(hash, moved);
        assertThat(learn("check", "1.1").printed())
                .contains("needs your Hash.java at", "it is at my work", "move it back");
        Files.delete(moved);
        assertThat(learn("check", "1.1").printed()).contains("or its file was deleted");

        Path progress = workspace.resolve(".learn/progress.json");
        Files.writeString(progress, "no JSON");
        assertThat(learn().printed()).contains("it is kept as progress.json.kept-1");
        assertThat(progress.resolveSibling("progress.json.kept-1")).hasContent("no JSON");
    }

    @Test
    void ofWhatTheClassesLogAReaderSeesTheWarnings() throws Exception {
        learn("start", "4.5");

        assertThat(learn("check").printed())
                .contains("Printed meanwhile:", " WARN ")
                .doesNotContain(" INFO ");
    }

    @Test
    void theCoursesClassMayChangeMeanwhile() throws Exception {
        learn("start", "1.1");
        Path progress = workspace.resolve(".learn/progress.json");
        Files.writeString(
                progress, Files.readString(progress).replaceFirst("\"course\" : \"\\w+\"", "\"course\" : \"old\""));
        Files.writeString(
                hash,
                Files.readString(hash)
                        .replace(
                                "throw new UnsupportedOperationException(\"exercise 1.1: write of\");",
                                "return previous;"));

        assertThat(learn("check").printed()).contains("has changed since you began", "learn update 1.1");
        assertThat(learn("update").printed()).contains("Your methods are in the course's Hash of today");
        assertThat(Files.readString(hash)).contains("return previous;");
        assertThat(learn("check").printed()).doesNotContain("has changed since");
    }

    @Test
    void twoAtOnceDoNotMix() throws Exception {
        learn("start", "1.1");
        try (FileChannel other = FileChannel.open(workspace.resolve(".learn/lock"), StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(learn("check").printed()).contains("another learn is at work in");
        }
        assertThat(learn("check").printed()).contains("is not written yet");
    }

    @Test
    void watchChecksAtEverySave() throws Exception {
        learn("start", "1.1");
        List<String> printed = start("watch");
        await().atMost(PATIENCE).until(() -> printed.stream().anyMatch(line -> line.startsWith("Watching ")));

        Files.writeString(
                hash, Files.readString(HOME.resolve("step01-blocks/src/main/java/org/naivechain/blocks/Hash.java")));

        await().atMost(PATIENCE).until(() -> printed.stream().anyMatch(line -> line.startsWith("1.1 is solved.")));
        await().atMost(PATIENCE).until(() -> !running.get(0).isAlive());
    }

    @Test
    void aNodeRunsOnTheReadersClassAndOneOfTheCourseJoinsIt() throws Exception {
        learn("start", "1.1");
        learn("start", "1.2");
        learn("solution", "1.1", "--now");
        int port = FreePorts.pair();
        List<String> own = start(
                "run", "-p", "" + port, "--data-dir", directory.resolve("own").toString());
        await().atMost(PATIENCE).until(() -> own.stream().anyMatch(line -> line.contains("HTTP_SERVER-Running")));

        List<String> other = new CopyOnWriteArrayList<>();
        start(
                other,
                List.of(
                        "--peer",
                        "127.0.0.1:" + port,
                        "-p",
                        "" + FreePorts.pair(),
                        "--data-dir",
                        directory.resolve("other").toString()));

        await().atMost(PATIENCE)
                .until(() -> other.stream().anyMatch(line -> line.contains("This node is a member now")));
        assertThat(own.get(0)).isEqualTo("A node on your Hash (1.1); the rest is the course's.");
    }

    private Typed learn(String... arguments) throws IOException, InterruptedException {
        Process process = builder(typed(arguments)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Typed(process.waitFor(), printed);
    }

    private static List<String> typed(String... arguments) {
        List<String> typed = new ArrayList<>(List.of("learn"));
        typed.addAll(List.of(arguments));
        return typed;
    }

    private List<String> start(String... arguments) throws IOException {
        List<String> printed = new CopyOnWriteArrayList<>();
        start(printed, typed(arguments));
        return printed;
    }

    private void start(List<String> printed, List<String> arguments) throws IOException {
        Process process = builder(arguments).redirectErrorStream(true).start();
        running.add(process);
        Thread reader = new Thread(() -> process.inputReader().lines().forEach(printed::add));
        reader.setDaemon(true);
        reader.start();
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("naivechain").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("NAIVECHAIN_BUILD", "never");
        builder.environment().put("NAIVECHAIN_WORKSPACE", workspace.toString());
        return builder;
    }
}
