package org.naivechain.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that readers have. What a build or a reader makes, the folders that {@code .gitignore} names, is none of it. */
final class Repository {
    private static final Pattern SOURCE = Pattern.compile("(?:.*/)?src/(?:main|test)/java/(.+)\\.java");

    private final Path root;
    /** Folders are among them. */
    private final Set<Path> files = new HashSet<>();

    private final Map<Path, Page> pages = new TreeMap<>();
    /** Files by the full names of the classes that give them their names. */
    private final Map<String, Path> sources = new TreeMap<>();

    Repository(Path root) {
        this.root = root;
        Set<String> ignored = ignored();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    if (!folder.equals(root) && ignored.contains(name)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    files.add(root.relativize(folder));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    add(root.relativize(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> ignored() {
        Set<String> names = new HashSet<>(Set.of("target", ".git"));
        Path list = root.resolve(".gitignore");
        if (Files.exists(list)) {
            try {
                Files.readAllLines(list).stream()
                        .filter(line -> line.endsWith("/"))
                        .forEach(line -> names.add(line.replace("/", "")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private void add(Path file) {
        files.add(file);
        String name = file.toString().replace('\\', '/');
        if (name.endsWith(".md")) {
            pages.put(file, Page.read(root, file));
        }
        Matcher source = SOURCE.matcher(name);
        if (source.matches()) {
            sources.put(source.group(1).replace('/', '.'), file);
        }
    }

    Path root() {
        return root;
    }

    Collection<Page> pages() {
        return pages.values();
    }

    Optional<Page> page(Path path) {
        return Optional.ofNullable(pages.get(path));
    }

    /** Whether it is a file or a folder of the repository. */
    boolean has(Path path) {
        return files.contains(path.normalize());
    }

    static Path parent(Path path) {
        return path.getParent() == null ? Path.of("") : path.getParent();
    }

    /** The file of a top-level class. */
    Optional<Path> source(String fullName) {
        return Optional.ofNullable(sources.get(fullName));
    }

    /** The full names of all classes that files are named after. */
    Set<String> classes() {
        return sources.keySet();
    }

    /** What all of its pages are told by rules. */
    List<Complaint> complaints(Rule rule) {
        return pages().stream().flatMap(page -> rule.complaints(page).stream()).toList();
    }
}
