package org.naivechain.pages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Links lead to files of the repository and to headings that are there. What is elsewhere in the world is not looked at. */
final class Links implements Rule {
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final List<Pattern> LINKS = List.of(
            Pattern.compile("]\\(<?([^()\\s>]+(?:\\([^()]*\\))?)>?(?:\\s+\"[^\"]*\")?\\)"),
            Pattern.compile("^ {0,3}\\[[^]]+]:\\s+(\\S+)"),
            Pattern.compile("\\b(?:src|href)=\"([^\"]+)\""));
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*", Pattern.CASE_INSENSITIVE);

    private final Repository repository;

    Links(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<Complaint> complaints(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        for (Page.Text text : page.texts()) {
            String words = CODE.matcher(text.text()).replaceAll("");
            LINKS.stream()
                    .flatMap(link -> link.matcher(words).results())
                    .map(link -> link.group(1))
                    .filter(target -> !ELSEWHERE.matcher(target).matches())
                    .flatMap(target -> trouble(page, target).stream())
                    .forEach(trouble -> complaints.add(page.complaint(text.line(), trouble)));
        }
        return complaints;
    }

    private Optional<String> trouble(Page page, String target) {
        String file = target.replaceFirst("[#?].*", "");
        String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
        Path path = file.isEmpty()
                ? page.path()
                : file.startsWith("/")
                        ? Path.of(file.substring(1)).normalize()
                        : Repository.parent(page.path()).resolve(file).normalize();
        if (!repository.has(path)) {
            return Optional.of(
                    "the link (" + target + ") leads to no file of the repository; write the path from the folder of"
                            + " this page, or add the file");
        }
        return repository
                .page(path)
                .filter(there -> !anchor.isEmpty() && !there.anchors().contains(anchor))
                .map(there -> "the link (" + target + ") leads to no heading of " + there
                        + nearest(there, anchor)
                                .map(near -> "; is #" + near + " meant?")
                                .orElse("; it has none that is similar"));
    }

    private static Optional<String> nearest(Page page, String anchor) {
        return Stream.concat(
                        page.anchors().stream().filter(there -> there.contains(anchor) || anchor.contains(there)),
                        page.anchors().stream().filter(there -> shared(there, anchor) > 3))
                .findFirst();
    }

    private static int shared(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
