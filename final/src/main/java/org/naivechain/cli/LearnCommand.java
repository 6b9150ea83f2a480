package org.naivechain.cli;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Hands over to the module of the exercises, which is built when it is first needed: a node needs neither a compiler nor tests.
 */
@Command(
        name = "learn",
        description = "Exercises: you write the heart of each layer, and are told whether it is right.",
        mixinStandardHelpOptions = false)
final class LearnCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Path home = home();
        Path jar = home.resolve("final/learn/target/learn.jar");
        if (!"never".equals(System.getenv("NAIVECHAIN_BUILD")) && isStale(jar, home)) {
            build(home, jar);
        }
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "the exercises are not built and NAIVECHAIN_BUILD=never; run ./mvnw package");
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return (Integer) loader.loadClass("org.naivechain.learn.Learn")
                    .getMethod("run", String.class, String[].class)
                    .invoke(null, home.toString(), arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The folder of the course, in which this program was built: {@code final/target/naivechain.jar} is below it. */
    private static Path home() throws Exception {
        Path program = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (Path folder = program; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("final/learn"))) {
                return folder;
            }
        }
        throw new IllegalStateException("the exercises need a clone of the course, and " + program + " is in none");
    }

    /** Whether there is no build of the exercises, or a test, check, or class is newer than it. */
    private static boolean isStale(Path jar, Path home) throws IOException {
        if (!Files.exists(jar)) {
            return true;
        }
        FileTime built = Files.getLastModifiedTime(jar);
        try (Stream<Path> modules = Files.list(home)) {
            List<Path> folders = Stream.concat(
                            modules.filter(
                                    module -> module.getFileName().toString().startsWith("step")),
                            Stream.of(home.resolve("final"), home.resolve("final/learn")))
                    .map(module -> module.resolve("src"))
                    .toList();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    Optional<Path> newer = files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> isNewer(file, built))
                            .findFirst();
                    if (newer.isPresent()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isNewer(Path file, FileTime time) {
        try {
            return Files.getLastModifiedTime(file).compareTo(time) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void build(Path home, Path jar) throws Exception {
        spec.commandLine()
                .getErr()
                .println("naivechain: building the exercises and the tests; this takes a minute ...");
        spec.commandLine().getErr().flush();
        Path log = home.resolve("final/target/build-learn.log");
        boolean windows = File.separatorChar == '\\';
        FileTime began = FileTime.fromMillis(System.currentTimeMillis());
        Process build = new ProcessBuilder(
                        home.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-pl",
                        "final/learn",
                        "-am",
                        "-DskipTests",
                        "-Dmaven.compiler.failOnWarning=false",
                        "-Dspotless.check.skip",
                        "-Dcheckstyle.skip",
                        "package")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (build.waitFor() != 0) {
            List<String> errors = Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith("[ERROR]"))
                    .limit(15)
                    .toList();
            throw new IllegalStateException(
                    "the build failed; all of its words are in " + log + ": " + String.join(" ", errors));
        }
        // What was saved while it was built is newer than the build, and is built next time.
        Files.setLastModifiedTime(jar, began);
    }
}
