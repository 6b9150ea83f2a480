package org.naivechain.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page shows the code that an exercise asks for only folded, within {@code <details>}, so that readers can write it first. */
final class Answers implements Rule {
    private static final Path EXERCISES = Path.of("final", "learn", "exercises");
    private static final Pattern HEAD = Pattern.compile("(?m)^class: *(\\S+)\\R(?:.*\\R)*?methods: *(.+)$");
    private static final String SOURCE = "source:";
    /** Shorter lines, such as {@code return true;}, are in many methods. */
    private static final int TELLING = 20;

    private final List<Answer> answers = new ArrayList<>();

    /** What a reader writes in an exercise: the bodies of some methods of a class beyond what is given, without white space. */
    private record Answer(String exercise, String type, List<String> bodies, String given) {
        boolean shows(String line) {
            return line.length() >= TELLING
                    && !given.contains(line)
                    && bodies.stream().anyMatch(body -> body.contains(line));
        }
    }

    Answers(Repository repository) {
        JavaSources sources = new JavaSources(repository);
        Path folder = repository.root().resolve(EXERCISES);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> exercises = Files.list(folder)) {
                exercises
                        .sorted()
                        .flatMap(exercise -> answer(sources, exercise).stream())
                        .forEach(answers::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Optional<Answer> answer(JavaSources sources, Path exercise) {
        try {
            Matcher head = HEAD.matcher(Files.readString(exercise.resolve("exercise.md")));
            if (!head.find()) {
                return Optional.empty();
            }
            List<String> bodies = Stream.of(head.group(2).split(",(?![^(]*\\))"))
                    // Inner.method of Outer is Outer.Inner#method.
                    .map(method -> head.group(1) + "#" + method.strip())
                    .map(reference -> reference.replaceFirst("#([\\w.]+)\\.", ".$1#"))
                    .map(sources::find)
                    .filter(JavaSources.Found.class::isInstance)
                    .flatMap(found -> ((JavaSources.Found) found).texts().stream())
                    .map(text -> bare(text.substring(text.indexOf('{') + 1)))
                    .toList();
            Path starter = exercise.resolve("starter.java");
            return Optional.of(new Answer(
                    exercise.getFileName().toString().replaceFirst("-.*", ""),
                    head.group(1),
                    bodies,
                    Files.exists(starter) ? bare(Files.readString(starter)) : ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Complaint> complaints(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        boolean folded = false;
        String type = "";
        for (Page.Part part : page.parts()) {
            if (part instanceof Page.Text text) {
                folded = text.text().contains("<details")
                        || folded && !text.text().contains("</details>");
            } else if (part instanceof Page.Comment comment) {
                type = comment.text().startsWith(SOURCE)
                        ? comment.text().substring(SOURCE.length()).strip().replaceFirst("#.*", "")
                        : "";
            } else if (part instanceof Page.Block block
                    && !folded
                    && block.language().equals("java")) {
                shown(type, block)
                        .map(
                                answer -> page.complaint(
                                        block.line(),
                                        "this is code that exercise " + answer.exercise()
                                                + " asks for; put it between <details> and </details>, or quote something else"))
                        .ifPresent(complaints::add);
            }
        }
        return complaints;
    }

    private Optional<Answer> shown(String type, Page.Block block) {
        return answers.stream()
                .filter(answer -> type.equals(answer.type()) || type.startsWith(answer.type() + "."))
                .filter(answer -> block.lines().stream().map(Answers::bare).anyMatch(answer::shows))
                .findFirst();
    }

    private static String bare(String text) {
        return text.replaceAll("\\s+", "");
    }
}
