package org.naivechain.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GradingIT {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    @Test
    void rightMethodsPassAndThoseThatAreNotWrittenStayTheCourses() {
        Grading grading = Grading.of(HOME, "1.2", """
                public Block next(BlockData next) {
                    return linked(index + 1, hash, next);
                }
                """);

        assertThat(grading.exercise()).isEqualTo("1.2 The next block");
        assertThat(grading.problems()).isEmpty();
        assertThat(grading.rules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.failure()).isEmpty());
        assertThat(grading.passed()).isTrue();
    }

    @Test
    void aWrongMethodIsToldWhichRuleItBreaksAndWhy() {
        Grading grading = Grading.of(HOME, "1.2", """
                public Block next(BlockData next) {
                    return linked(index + 1, previousHash, next);
                }
                """);

        assertThat(grading.passed()).isFalse();
        assertThat(grading.rules().stream().map(Grading.Rule::failure).flatMap(Optional::stream))
                .anyMatch(failure -> failure.contains("The link is the hash of the block directly before."));
    }

    @Test
    void whatDoesNotCompileIsShownAsTheCompilerSaysIt() {
        Grading grading = Grading.of(HOME, "1.2", "public Block next(BlockData next) { return nothing; }");

        assertThat(grading.passed()).isFalse();
        assertThat(grading.problems()).singleElement().asString().contains("cannot find symbol");
    }

    @Test
    void aTextWithoutTheMethodIsRefused() {
        assertThatThrownBy(() -> Grading.of(HOME, "1.2", "int something() { return 1; }"))
                .isInstanceOf(LearnException.class)
                .hasMessage(
                        "exercise 1.2 asks for next, computedHash, hasRightHash of Block; the text has no such method");
        assertThatThrownBy(() -> Grading.of(HOME, "1.9", "")).hasMessageContaining("there is no exercise 1.9");
    }
}
