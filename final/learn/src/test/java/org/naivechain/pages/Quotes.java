package org.naivechain.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Quoted code is the code: each of a block's lines is in the method or class that the comment before the block names, in this order.
 * White space does not count, and a line {@code // ...} stands for lines that are left out.
 */
final class Quotes implements Rule {
    private static final String SOURCE = "source:";
    private static final String EXAMPLE = "example";
    private static final Set<String> LEFT_OUT = Set.of("...", "// ...", "…", "// …");
    /** In the text of an exercise code is a hint. */
    private static final String EXERCISE = "exercise.md";

    private final JavaSources sources;

    Quotes(Repository repository) {
        this.sources = new JavaSources(repository);
    }

    @Override
    public List<Complaint> complaints(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        Page.Comment before = null;
        for (Page.Part part : page.parts()) {
            if (part instanceof Page.Comment comment) {
                before = comment;
            } else if (part instanceof Page.Block block) {
                trouble(page, block, before).ifPresent(complaints::add);
                before = null;
            } else if (part instanceof Page.Text text && !text.text().isBlank()) {
                before = null;
            }
        }
        return complaints;
    }

    private Optional<Complaint> trouble(Page page, Page.Block block, Page.Comment before) {
        if (!block.language().equals("java")) {
            return Optional.empty();
        }
        String comment = before == null ? "" : before.text();
        if (comment.startsWith(SOURCE)) {
            return quote(page, block, comment.substring(SOURCE.length()).strip());
        }
        if (comment.equals(EXAMPLE) || page.path().endsWith(EXERCISE)) {
            return Optional.empty();
        }
        return Optional.of(page.complaint(
                block.line(),
                "a java block says where it is from: write <!-- source: package.Class#method --> on the line before it, or"
                        + " <!-- example --> if it is not from the code"));
    }

    private Optional<Complaint> quote(Page page, Page.Block block, String reference) {
        JavaSources.Lookup lookup = sources.find(reference);
        if (lookup instanceof JavaSources.Missing missing) {
            return Optional.of(page.complaint(block.line(), missing.why() + "; mend the source comment"));
        }
        JavaSources.Found found = (JavaSources.Found) lookup;
        int best = 0;
        for (String text : found.texts()) {
            best = Math.max(best, found(block.lines(), bare(text)));
        }
        if (best == block.lines().size()) {
            return Optional.empty();
        }
        return Optional.of(page.complaint(
                block.line() + 1 + best,
                "the quoted line `" + block.lines().get(best).strip() + "` does not stand there in " + reference + " ("
                        + found.file()
                        + "); quote what the code says now, and write `// ...` for lines that are left out"));
    }

    /** How many lines of a quote are in the text. */
    private static int found(List<String> lines, String text) {
        int from = 0;
        int line = 0;
        while (line < lines.size()) {
            int end = line;
            StringBuilder piece = new StringBuilder();
            while (end < lines.size() && !LEFT_OUT.contains(lines.get(end).strip())) {
                piece.append(bare(lines.get(end++)));
            }
            int at = text.indexOf(piece.toString(), from);
            if (at < 0) {
                return line + prefix(lines.subList(line, end), text.substring(from));
            }
            from = at + piece.length();
            line = Math.min(end + 1, lines.size());
        }
        return line;
    }

    /** The first line that breaks a piece. */
    private static int prefix(List<String> lines, String text) {
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            piece.append(bare(lines.get(i)));
            if (!text.contains(piece)) {
                return i;
            }
        }
        throw new IllegalStateException("all of it is there: " + lines);
    }

    private static String bare(String text) {
        return text.replaceAll("\\s+", "");
    }
}
