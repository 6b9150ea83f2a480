package org.naivechain.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java that runs this, and the libraries of the course's build. */
final class Java {
    private Java() {}

    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Requires a compiler.
     *
     * @throws LearnException if this is only a runtime
     */
    static void requireCompiler() {
        if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            throw new LearnException("this Java at " + System.getProperty("java.home")
                    + " has no compiler: install a JDK 17 or newer, and point JAVA_HOME at it");
        }
    }

    /** {@return what a check needs on its class path: the tool with its tests, the course, and the libraries} */
    static List<Path> libraries(Path home) {
        Path target = home.resolve("final/learn/target");
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(
                            Stream.of(target.resolve("learn.jar"), target.resolve("learn-tests.jar")),
                            libraries
                                    .filter(file -> file.toString().endsWith(".jar"))
                                    .sorted())
                    .toList();
        } catch (IOException e) {
            throw new LearnException("the exercises are not built: ./mvnw -pl final/learn -am -DskipTests package", e);
        }
    }
}
