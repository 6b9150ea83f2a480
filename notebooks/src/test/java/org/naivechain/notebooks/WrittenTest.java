package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Grading;

class WrittenTest {
    private static final String METHODS = """
            import java.util.List;

            private long order;

            int next() {
                order++;
                return order
            }

            int same() {
                return order
            }
            """;

    private static String seen(String problem) {
        Grading grading = new Grading("1.1 A title", List.of(), List.of(problem));
        return new Written(METHODS).seenFromTheCell(grading).problems().get(0);
    }

    @Test
    void namesTheLineOfTheCellForOneOfTheFile() {
        assertThat(seen("Clock.java:40: not a statement\n        order++;\n        ^"))
                .startsWith("line 6 of your text: not a statement\n        order++;\n        ^");
    }

    @Test
    void namesAllLinesThatItMayBe() {
        assertThat(seen("Clock.java:40: ';' expected\n        return order\n                    ^"))
                .startsWith("line 7 or 11 of your text: ';' expected\n");
    }

    @Test
    void saysThatTheErrorIsInNoLineOfTheCell() {
        assertThat(seen("Clock.java:4: class, interface, enum, or record expected\n}\n ^"))
                .startsWith("line 8 or 12 of your text");
        assertThat(seen("Clock.java:4: not a statement\nsomething\n^"))
                .startsWith("in Clock.java, around your text: not a statement");
    }

    @Test
    void saysThatAFieldIsLeftOut() {
        String unknown =
                "cannot find symbol\n  symbol:   variable %s\n  location: class Clock\n        order++;\n        ^";

        assertThat(seen("Clock.java:40: " + unknown.formatted("order")))
                .startsWith("line 6 of your text: cannot find symbol")
                .contains("Your order is left out: only the methods");
        assertThat(seen("Clock.java:40: " + unknown.formatted("other"))).doesNotContain("left out");
    }

    @Test
    void keepsWhatIsNoErrorOfTheCompiler() {
        assertThat(seen("the check was ended after 20 s")).isEqualTo("the check was ended after 20 s");
    }
}
