package org.naivechain.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An exercise: methods of a class of the course that the reader writes, or mends.
 *
 * @param id chapter and number, such as {@code 2.3}
 * @param type the name of the class, with its package
 * @param methods which methods of it: the name, with the parameters' simple types if there are several of that name
 * @param check the JUnit class that explains what is wrong
 * @param tests the module's own tests that must pass, too
 * @param minutes how long it may take a reader
 * @param lab whether the methods are given with a fault that the reader finds
 * @param apart whether its tests load native code or start programs, so that each run needs a program of its own
 * @param stops a text in what the check says of the methods as they are given
 * @param starter the methods as they are given; without it their bodies are missing
 * @param folder where all of it is kept
 */
record Exercise(
        String id,
        String title,
        String type,
        List<String> methods,
        String check,
        List<String> tests,
        int minutes,
        boolean lab,
        boolean apart,
        String stops,
        String task,
        List<String> hints,
        Optional<String> starter,
        Path folder) {
    private static final String HINT = "\n## Hint";

    /**
     * Reads the folder of an exercise.
     *
     * @throws IllegalArgumentException if a line of its head is missing or unknown
     */
    static Exercise read(Path folder) {
        try {
            String[] parts = Files.readString(folder.resolve("exercise.md"))
                    .replace("\r\n", "\n")
                    .split("\n\n", 2);
            Map<String, String> head = new LinkedHashMap<>();
            parts[0].lines().forEach(line -> {
                String[] pair = line.split(":", 2);
                head.put(pair[0].strip(), pair[1].strip());
            });
            String[] texts = parts[1].split(HINT);
            Path starter = folder.resolve("starter.java");
            return new Exercise(
                    folder.getFileName().toString().split("-", 2)[0],
                    needed(head, "title", folder),
                    needed(head, "class", folder),
                    list(needed(head, "methods", folder)),
                    needed(head, "check", folder),
                    list(head.getOrDefault("tests", "")),
                    Integer.parseInt(needed(head, "minutes", folder)),
                    Boolean.parseBoolean(head.getOrDefault("lab", "false")),
                    Boolean.parseBoolean(head.getOrDefault("apart", "false")),
                    head.getOrDefault("stops", "is not written yet"),
                    texts[0].strip(),
                    Stream.of(texts).skip(1).map(String::strip).toList(),
                    Files.exists(starter) ? Optional.of(Files.readString(starter)) : Optional.empty(),
                    folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String needed(Map<String, String> head, String key, Path folder) {
        String value = head.get(key);
        if (value == null) {
            throw new IllegalArgumentException(folder + "/exercise.md begins without a line " + key + ": …");
        }
        return value;
    }

    /** Commas within parentheses are of the parameters. */
    private static List<String> list(String written) {
        return Stream.of(written.split(",(?![^(]*\\))"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    int chapter() {
        return Integer.parseInt(id.substring(0, id.indexOf('.')));
    }

    int number() {
        return Integer.parseInt(id.substring(id.indexOf('.') + 1));
    }

    /** {@return the name of the class, without its package} */
    String simpleName() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** {@return the file of the class below a source folder} */
    Path file() {
        return Path.of(type.replace('.', '/') + ".java");
    }

    /** {@return the class as the reader is given it, made of the real one or of what the reader has of it} */
    JavaSource given(JavaSource of) {
        return starter.map(written -> of.withMethodsOf(JavaSource.parseMembers(written, methods), methods))
                .orElseGet(() -> of.withHoles(id, methods));
    }
}
