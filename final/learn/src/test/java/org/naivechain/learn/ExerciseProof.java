package org.naivechain.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every exercise is one: what the reader is given compiles and fails for the stated reason, the real class passes, and wrong
 * solutions that look right fail. {@code -Dlearn.only=2.} tries those of one chapter.
 */
abstract class ExerciseProof {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    static final Course COURSE = new Course(HOME);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NOT_WRITTEN = "is not written yet";
    /** Of a class whose real one has methods by other names or with other parameters by now. */
    private static final String OUTDATED = "NoSuchMethodError";

    /** What is there only after the build. */
    private static final class Built {
        private static final List<Path> LIBRARIES = Java.libraries(HOME);
    }

    @TempDir
    private static Path directory;

    private final int first;
    private final int last;

    /** Of some chapters. */
    ExerciseProof(int first, int last) {
        this.first = first;
        this.last = last;
    }

    @TestFactory
    Stream<DynamicNode> exercises() {
        return COURSE.exercises().stream()
                .filter(exercise -> first <= exercise.chapter() && exercise.chapter() <= last)
                .filter(exercise -> exercise.id().startsWith(System.getProperty("learn.only", "")))
                .map(exercise -> dynamicContainer(exercise.id() + " " + exercise.title(), tests(exercise)));
    }

    private static Stream<DynamicNode> tests(Exercise exercise) {
        JavaSource real = COURSE.real(exercise);
        Stream<DynamicNode> always = Stream.of(
                dynamicTest("the real class passes", () -> {
                    Judgement judgement = judge(exercise, real);
                    assertThat(judgement.failures()).isEmpty();
                    assertThat(judgement.passed()).isTrue();
                }),
                dynamicTest("what the reader is given fails as it should", () -> {
                    assertThat(judge(exercise, exercise.given(real)).failures())
                            .anyMatch(failure -> failure.contains(exercise.stops()));
                }),
                dynamicTest("what is not written yet can be filled in", () -> {
                    JavaSource given = COURSE.given(exercise);
                    JavaSource filled = given;
                    for (Exercise each : COURSE.ofClass(exercise.type())) {
                        filled = filled.withBodiesOf(real, each.methods());
                    }
                    assertThat(filled.text().lines().count())
                            .isEqualTo(given.text().lines().count());
                    compile(exercise, filled);
                }));
        return Stream.concat(
                always,
                wrong(exercise).stream()
                        .map(file -> dynamicTest("wrong: " + file.getFileName(), () -> {
                            JavaSource members = JavaSource.parseMembers(Course.read(file), exercise.methods());
                            List<String> changed = exercise.methods().stream()
                                    .filter(members::has)
                                    .toList();
                            assertThat(changed)
                                    .as("methods of the exercise in %s", file)
                                    .isNotEmpty();
                            assertThat(judge(exercise, real.withMethodsOf(members, changed))
                                            .failures())
                                    .isNotEmpty()
                                    .noneMatch(failure -> failure.contains(NOT_WRITTEN) || failure.contains(OUTDATED));
                        })));
    }

    static List<Path> wrong(Exercise exercise) {
        try (Stream<Path> files = Files.list(exercise.folder().resolve("wrong"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** As {@link Check} does, but in this program: a class loader of its own has the class to be tried before the real one. */
    private static Judgement judge(Exercise exercise, JavaSource tried) throws Exception {
        Path classes = compile(exercise, tried);
        if (exercise.apart()) {
            Check.Outcome outcome = Check.judge(exercise, classes, Built.LIBRARIES, classes);
            assertThat(outcome).isInstanceOf(Check.Outcome.Judged.class);
            return ((Check.Outcome.Judged) outcome).judgement();
        }
        List<String> tests = new ArrayList<>(List.of(exercise.check()));
        tests.addAll(exercise.tests());
        try (OwnClasses loader = new OwnClasses(classes)) {
            return assertTimeoutPreemptively(LIMIT, () -> Judge.judge(tests, loader, exercise.type()));
        }
    }

    private static Path compile(Exercise exercise, JavaSource tried) throws IOException {
        Path classes = Files.createTempDirectory(directory, "classes");
        Compilation compilation = Compilation.of(
                List.of(new Compilation.Source(exercise.simpleName() + ".java", tried.text())),
                classes,
                Built.LIBRARIES);
        assertThat(compilation.errors()).isEmpty();
        return classes;
    }

    /** Loads the course's classes anew; JUnit and the libraries are those of this program. */
    private static final class OwnClasses extends URLClassLoader {
        OwnClasses(Path tried) throws MalformedURLException {
            super(urls(tried), ExerciseProof.class.getClassLoader());
        }

        private static URL[] urls(Path tried) throws MalformedURLException {
            List<URL> urls = new ArrayList<>(List.of(tried.toUri().toURL()));
            for (Path library : Built.LIBRARIES) {
                if (library.getFileName().toString().matches("(?:learn|step\\d|final).*")) {
                    urls.add(library.toUri().toURL());
                }
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("org.naivechain.")) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
