package org.naivechain.learn;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of an exercise, in a program of its own, as the reader's class may do anything. */
final class Judge {
    /** The exit status after a test that did not end. */
    static final int ENDLESS = 99;

    private static final int MAX_LINES = 12;
    private static final int MAX_FRAMES = 4;

    private Judge() {}

    /**
     * Runs the check, and if it passes the module's own tests, and writes what they said.
     *
     * @param arguments the file for the judgement, the seconds that a run may take, the name of the reader's class, the check,
     *     and the tests
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        endAfter(Integer.parseInt(arguments[1]), file, arguments[2], Thread.currentThread());
        List<String> tests = Arrays.asList(arguments).subList(3, arguments.length);
        Judgement judgement = judge(tests, Judge.class.getClassLoader(), arguments[2]);
        Files.writeString(file, Progress.json(judgement));
        // Threads that the reader's class may have left must not hold the program.
        Runtime.getRuntime().halt(0);
    }

    /** Runs test classes one after the other, until one has a test that fails. */
    static Judgement judge(List<String> tests, ClassLoader loader, String type) {
        List<Judgement.Result> results = new ArrayList<>();
        for (String test : tests) {
            List<Judgement.Result> said = run(test, loader, type);
            results.addAll(said);
            if (said.isEmpty()) {
                results.add(new Judgement.Result(test, Optional.of("the check has no tests")));
            }
            if (!new Judgement(said).passed()) {
                break;
            }
        }
        return new Judgement(results);
    }

    private static List<Judgement.Result> run(String test, ClassLoader loader, String type) {
        List<Judgement.Result> results = new ArrayList<>();
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader.loadClass(test)))
                                    .build(),
                            new TestExecutionListener() {
                                @Override
                                public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                                    Optional<Throwable> thrown = result.getThrowable();
                                    if (identifier.isTest() || thrown.isPresent()) {
                                        results.add(new Judgement.Result(
                                                identifier.getDisplayName(), thrown.map(cause -> shown(cause, type))));
                                    }
                                }
                            });
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the course has no test " + test + ": build it anew", e);
        } finally {
            current.setContextClassLoader(before);
        }
        return results;
    }

    /** An explained failure speaks for itself; anything else is shown with where it was thrown. */
    private static String shown(Throwable thrown, String type) {
        if (thrown.getClass().getName().equals(Explain.Failure.class.getName())) {
            return thrown.getMessage();
        }
        if (thrown instanceof UnsupportedOperationException
                && String.valueOf(thrown.getMessage()).startsWith(JavaSource.HOLE)) {
            return thrown.getMessage().replaceFirst(".*: write (.*)", "`$1` is not written yet");
        }
        List<String> frames = frames(thrown.getStackTrace(), type).toList();
        String message = thrown instanceof AssertionError ? String.valueOf(thrown.getMessage()) : thrown.toString();
        if (thrown instanceof NullPointerException
                && thrown.getStackTrace().length > 0
                && thrown.getStackTrace()[0].getClassName().endsWith("Check")) {
            message = "a method of your class returned null, and the check cannot go on with it\n" + message;
        } else if (!(thrown instanceof AssertionError) && !frames.isEmpty()) {
            message = "your class threw this, where an answer was expected:\n" + message;
        }
        Stream<String> lines = Stream.concat(
                message.strip().lines().limit(MAX_LINES), frames.stream().map(frame -> "  at " + frame));
        return String.join("\n", lines.toList());
    }

    /** {@return where in the reader's class something happened} */
    private static Stream<String> frames(StackTraceElement[] stack, String type) {
        return Stream.of(stack)
                .filter(frame -> frame.getClassName().equals(type)
                        || frame.getClassName().startsWith(type + "$"))
                .limit(MAX_FRAMES)
                .map(frame -> frame.getMethodName() + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")");
    }

    private static void endAfter(int seconds, Path file, String type, Thread tests) {
        Thread watch = new Thread(() -> {
            try {
                Thread.sleep(seconds * 1_000L);
                // A loop may run on any thread of the test.
                List<String> where = Stream.concat(
                                Stream.of(tests.getStackTrace()).map(frame -> new StackTraceElement[] {frame}),
                                Thread.getAllStackTraces().values().stream())
                        .flatMap(stack -> frames(stack, type))
                        .distinct()
                        .limit(MAX_FRAMES)
                        .toList();
                Files.writeString(file, String.join("\n", where), StandardCharsets.UTF_8);
                Runtime.getRuntime().halt(ENDLESS);
            } catch (InterruptedException | IOException e) {
                new PrintStream(System.err, true)
                        .println(e + " in "
                                + ManagementFactory.getRuntimeMXBean().getName());
            }
        });
        watch.setDaemon(true);
        watch.start();
    }
}
