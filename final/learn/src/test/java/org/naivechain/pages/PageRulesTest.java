package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of {@link PagesTest} on small pages that keep it and that break it. */
class PageRulesTest {
    private static final String SOURCE = """
            package org.naivechain.chain;

            /** Looks at links. */
            final class Verification {
                private final int limit = 3;

                /** Says whether it holds. */
                boolean check(int index) {
                    // Before the first there is nothing.
                    if (index == 0) {
                        return true;
                    }
                    return index < this.limit;
                }

                boolean check(String word) {
                    return word.isEmpty();
                }

                record Link(int from, int to) {
                    Link {
                        assert from < to;
                    }

                    int length() {
                        return to - from;
                    }
                }
            }
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void repositoryWithOneClass() throws IOException {
        write("step02-chain/src/main/java/org/naivechain/chain/Verification.java", SOURCE);
        write(".gitignore", "target/\nnaivechain-data/\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> complaints(Function<Repository, Rule> rule, String page) throws IOException {
        write("step02-chain/README.md", page);
        Repository repository = new Repository(root);
        return repository.complaints(rule.apply(repository)).stream()
                .map(Complaint::toString)
                .toList();
    }

    private List<String> links(String page) throws IOException {
        return complaints(Links::new, page);
    }

    private List<String> quote(String reference, String... lines) throws IOException {
        return complaints(
                Quotes::new,
                "text\n\n<!-- source: " + reference + " -->\n```java\n" + String.join("\n", lines) + "\n```\n");
    }

    private List<String> names(String page) throws IOException {
        return complaints(Names::new, page);
    }

    @Test
    void aLinkLeadsToAFileOrAFolderOfTheRepository() throws IOException {
        assertThat(
                        links(
                                "[code](src/main/java/org/naivechain/chain/Verification.java), ![](..), [web](https://example.org)"))
                .isEmpty();
        assertThat(links("first\n[page](../step03/README.md)"))
                .containsExactly(
                        "step02-chain/README.md:2: the link (../step03/README.md) leads to no file of the repository; write the"
                                + " path from the folder of this page, or add the file");
        assertThat(links("![](diagram.svg)")).hasSize(1);
        assertThat(links("[over\ntwo lines](nowhere.md)")).hasSize(1);
        assertThat(links("[it]: nowhere.md")).hasSize(1);
        assertThat(links("<img src=\"nowhere.png\">")).hasSize(1);
    }

    @Test
    void aLinkLeadsNeitherOutOfTheRepositoryNorToWhatIsBuilt() throws IOException {
        write("target/page.md", "[nowhere](nowhere.md)");

        assertThat(links("[built](../target/page.md)")).hasSize(1);
        assertThat(links("[out](../../" + root.getFileName() + "/step02-chain/README.md)"))
                .hasSize(1);
    }

    @Test
    void whatLooksLikeALinkInCodeIsNone() throws IOException {
        assertThat(links("`[a](b)` and\n```text\n[a](b)\n```\n")).isEmpty();
        assertThat(links("[`code`](nowhere.md)")).hasSize(1);
    }

    @Test
    void anAnchorIsAHeadingAsTheSiteWritesIt() throws IOException {
        write("glossary.md", "# Terms\n<a id=\"quorum\"></a>**Quorum**: a majority\n");
        String headings = """
                # What is `Block.of(…)`, and _why_?
                ## Try it
                ## [Try](../glossary.md) it
                ```sh
                # no heading
                ```
                """;

        assertThat(links(headings
                        + "[1](#what-is-blockof-and-_why_) [2](#try-it) [3](#try-it-1) [4](../glossary.md#quorum)"))
                .isEmpty();
        assertThat(links(headings + "[5](#try-it-2)"))
                .containsExactly(
                        "step02-chain/README.md:7: the link (#try-it-2) leads to no heading of step02-chain/README.md;"
                                + " is #try-it meant?");
        assertThat(links(headings + "[6](#no-heading)")).hasSize(1);
        assertThat(links(headings + "[7](../glossary.md#ballot)"))
                .containsExactly(
                        "step02-chain/README.md:7: the link (../glossary.md#ballot) leads to no heading of glossary.md;"
                                + " it has none that is similar");
    }

    @Test
    void aQuoteStandsInItsMethodCommentsIncluded() throws IOException {
        String method = "org.naivechain.chain.Verification#check";

        assertThat(quote(method, "/** Says whether it holds. */", "boolean check(int index) {"))
                .isEmpty();
        assertThat(quote(method, "if (index == 0)  {", "return true;", "// ...", "return index < this.limit;"))
                .isEmpty();
        assertThat(quote(method, "return word.isEmpty();")).isEmpty();
        assertThat(quote("org.naivechain.chain.Verification#check(int)", "return index < this.limit;"))
                .isEmpty();
        assertThat(quote("org.naivechain.chain.Verification", "/** Looks at links. */", "...", "int length() {"))
                .isEmpty();
        assertThat(quote("org.naivechain.chain.Verification.Link#<init>", "assert from < to;"))
                .isEmpty();
        assertThat(quote("org.naivechain.chain.Verification.Link#Link", "assert from < to;"))
                .isEmpty();
        assertThat(quote("org.naivechain.chain.Verification.Link", "record Link(int from, int to) {"))
                .isEmpty();
        assertThat(quote("org.naivechain.chain.Verification#Link", "int length() {"))
                .isEmpty();
        assertThat(quote("org.naivechain.chain.Verification#limit", "private final int limit = 3;"))
                .isEmpty();
    }

    @Test
    void aQuoteThatIsNotTheCodeIsNoticedAndItsWrongLineIsNamed() throws IOException {
        String method = "org.naivechain.chain.Verification#check";

        assertThat(quote(method, "if (index == 0) {", "    return false;"))
                .containsExactly(
                        "step02-chain/README.md:6: the quoted line `return false;` does not stand there in " + method
                                + " (step02-chain/src/main/java/org/naivechain/chain/Verification.java); quote what the code says now,"
                                + " and write `// ...` for lines that are left out");
        assertThat(quote(method, "return index < this.limit;", "// ...", "if (index == 0) {"))
                .as("another order")
                .singleElement()
                .asString()
                .startsWith("step02-chain/README.md:7: ");
        assertThat(quote(method, "return to - from;")).as("of another method").hasSize(1);
        assertThat(quote("org.naivechain.chain.Verification#check(String)", "return index < this.limit;"))
                .as("of another method of that name")
                .hasSize(1);
        assertThat(quote("org.naivechain.chain.Verification.Link", "boolean check(int index) {"))
                .as("of the type around")
                .hasSize(1);
    }

    @Test
    void aQuoteNamesWhatThereIs() throws IOException {
        assertThat(quote("org.naivechain.chain.Chain", "x"))
                .containsExactly(
                        "step02-chain/README.md:4: no source file of any module has the class org.naivechain.chain.Chain;"
                                + " mend the source comment");
        assertThat(quote("org.naivechain.chain.Verification#look", "x")).hasSize(1);
        assertThat(quote("org.naivechain.chain.Verification.Row#check", "x")).hasSize(1);
    }

    @Test
    void javaWithoutASourceIsMarkedAsAnExample() throws IOException {
        String block = "```java\nint a;\n```\n";

        assertThat(complaints(Quotes::new, "<!-- example -->\n" + block)).isEmpty();
        assertThat(complaints(Quotes::new, block))
                .containsExactly(
                        "step02-chain/README.md:1: a java block says where it is from: write <!-- source:"
                                + " package.Class#method --> on the line before it, or <!-- example --> if it is not from the code");
        assertThat(complaints(Quotes::new, "<!-- example -->\ntext\n" + block)).hasSize(1);
    }

    @Test
    void codeThatAnExerciseAsksForIsFolded() throws IOException {
        write(
                "final/learn/exercises/2.7-first/exercise.md",
                "title: First\nclass: org.naivechain.chain.Verification\nmethods: check(int), other\n\nWrite it.\n");
        String quote = "<!-- source: org.naivechain.chain.Verification -->\n```java\nreturn index < this.limit;\n```\n";

        assertThat(complaints(Answers::new, "text\n\n" + quote))
                .containsExactly("step02-chain/README.md:4: this is code that exercise 2.7 asks for; put it between"
                        + " <details> and </details>, or quote something else");
        assertThat(complaints(Answers::new, "<details><summary>a</summary>\n\n</details>\n" + quote))
                .hasSize(1);
        assertThat(complaints(Answers::new, "<details><summary>a</summary>\n\n" + quote + "\n</details>\n"))
                .isEmpty();
        assertThat(complaints(Answers::new, quote.replace("return index < this.limit", "boolean check(int index) {")))
                .as("the signature is given")
                .isEmpty();
        assertThat(complaints(Answers::new, quote.replace("return index < this.limit", "return word.isEmpty()")))
                .as("of a method that the exercise does not ask for")
                .isEmpty();

        write(
                "final/learn/exercises/2.7-first/starter.java",
                "boolean check(int index) { return index < this.limit; }");
        assertThat(complaints(Answers::new, quote)).as("the reader is given it").isEmpty();
    }

    @Test
    void filesThatAreNamedExist() throws IOException {
        assertThat(names("`src/main/java/org/naivechain/chain/Verification.java` `step02-chain/README.md`"
                        + " `naivechain-data/15001/a.json` `elsewhere/a.md` `application/json` `final`"))
                .isEmpty();
        assertThat(names("`step02-chain/pom.xml`"))
                .containsExactly(
                        "step02-chain/README.md:1: there is no file `step02-chain/pom.xml`, neither from the root nor"
                                + " from here; name one that is there");
        assertThat(names("`src/test/java/Chain.java`")).hasSize(1);
    }

    @Test
    void classesThatAreNamedWithAPackageExist() throws IOException {
        assertThat(names(
                        "`chain.Verification`, `org.naivechain.chain.Verification.Link#length`, `java.util.List`, `Chain.cut`,"
                                + " `block.Hash`, `chain.Verification.check(0)`"))
                .isEmpty();
        assertThat(names("`chain.Chain`"))
                .containsExactly(
                        "step02-chain/README.md:1: there is no class `chain.Chain` (no source file of any module has the"
                                + " class org.naivechain.chain.Chain); name it as it is called now");
        assertThat(names("`org.naivechain.chain.Verification.Row`")).hasSize(1);
        assertThat(names("`org.naivechain.row.Row`")).hasSize(1);
    }
}
