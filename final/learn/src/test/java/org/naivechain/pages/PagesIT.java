package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.naivechain.protocol.FreePorts;

/**
 * The commands of all pages, typed in by a machine as {@link Script} says, do what the pages say. One page alone:
 * {@code -Dpage=step02}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "readers' terminals run bash")
class PagesIT {
    private static final Session.Patience PATIENCE =
            new Session.Patience(Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofSeconds(20));
    /** Mostly, a page waits. */
    private static final int PAGES_AT_ONCE = 3;

    private static final Path ROOT = Path.of("..", "..");
    private static final ExecutorService READERS = Executors.newFixedThreadPool(PAGES_AT_ONCE);
    private static final List<String> PROGRAMS = List.of("curl", "sqlite3");
    private static final Map<Script, Future<Void>> READ = new LinkedHashMap<>();

    @TempDir
    private static Path folders;

    static Stream<Script> pages() {
        return new Repository(ROOT)
                .pages().stream()
                        .map(Script::of)
                        .filter(script -> !script.actions().isEmpty())
                        .filter(script -> script.page().toString().contains(System.getProperty("page", "")));
    }

    static Stream<Script> pagesWithLongCommands() {
        return pages().filter(Script::hasLongCommands);
    }

    @AfterAll
    static void endAll() throws InterruptedException {
        READERS.shutdownNow();
        assertThat(READERS.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsOfAPageDoWhatItSays(Script script) throws Throwable {
        assumeProgramsFor(script);
        if (READ.isEmpty()) {
            pages().forEach(each -> READ.put(each, READERS.submit(() -> read(each, false))));
        }
        try {
            READ.get(script).get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Tag("long")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("pagesWithLongCommands")
    void soDoTheLongOnes(Script script) throws Exception {
        assumeProgramsFor(script);
        read(script, true);
    }

    private static Void read(Script script, boolean withLongCommands) throws IOException, InterruptedException {
        assertThat(script.complaints()).isEmpty();
        Path folder = ReaderFolder.make(Files.createTempDirectory(folders, "page"), ROOT);
        try (Session session = new Session(script, folder, ReaderFolder.environment(folder), PATIENCE, FreePorts::at)) {
            session.run(withLongCommands);
        } finally {
            ReaderFolder.takeApart(folder);
        }
        return null;
    }

    private static void assumeProgramsFor(Script script) {
        Pattern used = Pattern.compile("\\b(" + String.join("|", PROGRAMS) + ")\\b");
        Set<String> needed = script.commands().stream()
                .flatMap(command -> used.matcher(command).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assumeThat(needed)
                .allSatisfy(program -> assertThat(isInstalled(program)).isTrue());
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
