package org.naivechain.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown, as far as tests look at it: blocks of code, comments that take a line, and lines of text. */
final class Page {
    private static final Pattern FENCE = Pattern.compile("(\\s*)(```+|~~~+)\\s*([\\w-]*).*");
    private static final Pattern COMMENT = Pattern.compile("\\s*<!--\\s*(.*?)\\s*-->\\s*");
    private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}\\s+(.*?)(\\s+#+)?\\s*");
    private static final Pattern EXPLICIT = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    /** Lines are counted from 1. */
    sealed interface Part {
        int line();
    }

    /** A line of text. */
    record Text(int line, String text) implements Part {}

    /** {@code <!-- text -->}, alone on its line. */
    record Comment(int line, String text) implements Part {}

    /** A block of code; its own lines begin after that of its fence. */
    record Block(int line, String language, List<String> lines) implements Part {}

    private final Path path;
    private final List<Part> parts;

    private Page(Path path, List<Part> parts) {
        this.path = path;
        this.parts = parts;
    }

    /** Reads a page; its path is the one below the root. */
    static Page read(Path root, Path path) {
        try {
            return new Page(path, parts(Files.readAllLines(root.resolve(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }

    private static List<Part> parts(List<String> lines) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (fence.matches()) {
                Block block = block(lines, i, fence);
                parts.add(block);
                i += block.lines().size() + 1;
            } else if (comment.matches()) {
                parts.add(new Comment(i + 1, comment.group(1)));
            } else {
                parts.add(new Text(i + 1, lines.get(i)));
            }
        }
        return parts;
    }

    private static Block block(List<String> lines, int at, Matcher fence) {
        List<String> inside = new ArrayList<>();
        int indent = fence.group(1).length();
        for (int i = at + 1; i < lines.size() && !lines.get(i).strip().equals(fence.group(2)); i++) {
            String line = lines.get(i);
            inside.add(line.substring(
                    Math.min(indent, line.length() - line.stripLeading().length())));
        }
        return new Block(at + 1, fence.group(3), inside);
    }

    Path path() {
        return path;
    }

    List<Part> parts() {
        return parts;
    }

    /** The lines of text alone. */
    List<Text> texts() {
        return parts.stream()
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .toList();
    }

    List<Block> blocks(String language) {
        return parts.stream()
                .filter(Block.class::isInstance)
                .map(Block.class::cast)
                .filter(block -> block.language().equals(language))
                .toList();
    }

    Complaint complaint(int line, String words) {
        return new Complaint(path, line, words);
    }

    /** What a link may name behind its {@code #}. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Text text : texts()) {
            EXPLICIT.matcher(text.text()).results().forEach(id -> anchors.add(id.group(1)));
            Matcher heading = HEADING.matcher(text.text());
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
        }
        return anchors;
    }

    /** As code-hosting sites make it: small letters, a dash for each space, no other punctuation than dash and underscore. */
    private static String slug(String heading) {
        String text = heading.replaceAll("!?\\[([^]]*)]\\([^)]*\\)", "$1").replaceAll("</?a\\b[^>]*>", "");
        StringBuilder slug = new StringBuilder();
        text.strip().toLowerCase(Locale.ROOT).codePoints().forEach(letter -> {
            if (letter == ' ') {
                slug.append('-');
            } else if (Character.isLetterOrDigit(letter) || letter == '-' || letter == '_') {
                slug.appendCodePoint(letter);
            }
        });
        return slug.toString();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
