package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of this repository link to, quote, and name is there. That each rule can fail shows {@link PageRulesTest}. */
class PagesTest {
    private static final Repository REPOSITORY = new Repository(Path.of("..", ".."));
    private static final Rule ANSWERS = new Answers(REPOSITORY);

    static Stream<Page> pages() {
        return REPOSITORY.pages().stream();
    }

    @Test
    void thePagesOfEveryModuleAreLookedAt() {
        assertThat(pages())
                .extracting(Page::path)
                .contains(
                        Path.of("README.md"),
                        Path.of("step01-blocks", "README.md"),
                        Path.of("final", "README.md"),
                        Path.of("notebooks", "README.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(new Links(REPOSITORY).complaints(page)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void quotedCodeIsTheCode(Page page) {
        assertThat(new Quotes(REPOSITORY).complaints(page)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void codeThatAnExerciseAsksForIsFolded(Page page) {
        assertThat(ANSWERS.complaints(page)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedFilesAndClassesExist(Page page) {
        assertThat(new Names(REPOSITORY).complaints(page)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsCanBeRunAsThePageSays(Page page) {
        assertThat(Script.of(page).complaints()).isEmpty();
    }
}
