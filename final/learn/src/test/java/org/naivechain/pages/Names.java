package org.naivechain.pages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files and classes that a page names in code font exist. A path is looked at if it begins in a folder that is there, a class
 * if it is named with a package of this project, in full or without {@code org.naivechain.}: all others may be anybody's.
 */
final class Names implements Rule {
    private static final String PROJECT = "org.naivechain.";
    private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern FILE =
            Pattern.compile("(?:[\\w.-]+/)+[\\w.-]+\\.(?:java|md|xml|ipynb|yml|yaml|properties|json|cmd|sh|svg|png)");
    private static final Pattern CLASS = Pattern.compile("((?:[a-z]\\w*\\.)+)([A-Z]\\w*(?:\\.[A-Z]\\w*[a-z]\\w*)*).*");

    private final Repository repository;
    private final JavaSources sources;

    Names(Repository repository) {
        this.repository = repository;
        this.sources = new JavaSources(repository);
    }

    @Override
    public List<Complaint> complaints(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        for (Page.Text text : page.texts()) {
            CODE.matcher(text.text())
                    .results()
                    .map(code -> code.group(1))
                    .flatMap(code -> trouble(page, code).stream())
                    .forEach(trouble -> complaints.add(page.complaint(text.line(), trouble)));
        }
        return complaints;
    }

    private Optional<String> trouble(Page page, String code) {
        Matcher type = CLASS.matcher(code);
        return FILE.matcher(code).matches()
                ? fileTrouble(page, code)
                : type.matches() ? classTrouble(type.group(1), type.group(2)) : Optional.empty();
    }

    private Optional<String> fileTrouble(Page page, String name) {
        Path path = Path.of(name);
        Path besidePage = Repository.parent(page.path());
        boolean isOurs = repository.has(path.getName(0)) || repository.has(besidePage.resolve(path.getName(0)));
        return isOurs && !repository.has(path) && !repository.has(besidePage.resolve(path))
                ? Optional.of(
                        "there is no file `" + name + "`, neither from the root nor from here; name one that is there")
                : Optional.empty();
    }

    private Optional<String> classTrouble(String prefix, String name) {
        String full = prefix.startsWith(PROJECT) ? prefix + name : PROJECT + prefix + name;
        String inPackage = full.substring(0, full.length() - name.length());
        boolean isOurs = prefix.startsWith(PROJECT)
                || repository.classes().stream().anyMatch(type -> type.startsWith(inPackage));
        return isOurs && sources.find(full) instanceof JavaSources.Missing missing
                ? Optional.of("there is no class `" + prefix + name + "` (" + missing.why()
                        + "); name it as it is called now")
                : Optional.empty();
    }
}
