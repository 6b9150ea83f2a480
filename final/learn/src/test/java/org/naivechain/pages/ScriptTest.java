package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
    @TempDir
    private Path root;

    private Script script(String text) throws IOException {
        Files.writeString(root.resolve("page.md"), text);
        return Script.of(Page.read(root, Path.of("page.md")));
    }

    private List<String> complaints(String text) throws IOException {
        return script(text).complaints().stream().map(Complaint::toString).toList();
    }

    @Test
    void linesWithAPromptAreCommandsAndTheOthersWhatTheyPrint() throws IOException {
        assertThat(script("text\n```console\n$ one \\\n  more\n1\n2\n$ two\n```\n")
                        .actions())
                .containsExactly(
                        new Action.Command(3, "", "one \\\n  more", List.of("1", "2"), 5, false, false, false),
                        new Action.Command(7, "", "two", List.of(), 8, false, false, false));
    }

    @Test
    void commentsBeforeABlockAreAboutThatBlockAlone() throws IOException {
        String block = "```console\n$ one\n```\n";

        assertThat(script("<!-- terminal b -->\n<!-- fails -->\n<!-- long -->\n" + block + block)
                        .actions())
                .containsExactly(
                        new Action.Command(5, "b", "one", List.of(), 6, true, false, true),
                        new Action.Failed(4, true),
                        new Action.Command(8, "", "one", List.of(), 9, false, false, false));
    }

    @Test
    void onlyTheLastCommandOfATerminalMayRunOn() throws IOException {
        assertThat(script("<!-- terminal b -->\n```console\n$ one\n$ two\n```\n")
                        .actions())
                .extracting(action -> ((Action.Command) action).mayRunOn())
                .containsExactly(false, true);
    }

    @Test
    void whatATerminalPrintsNextAndItsEndAreActions() throws IOException {
        assertThat(script(
                                "<!-- terminal b -->\n```console\nmore\n```\n<!-- await b some words -->\n<!-- type b hello -->\n<!-- stop b -->\n<!-- kill c -->\n")
                        .actions())
                .containsExactly(
                        new Action.Look(2, "b", List.of("more"), false),
                        new Action.Await(5, "b", "some words"),
                        new Action.Type(6, "b", "hello"),
                        new Action.Stop(7, "b", false),
                        new Action.Stop(8, "c", true));
    }

    @Test
    void otherBlocksAreNotRun() throws IOException {
        assertThat(script("```text\n$ one\n```\n```sh\n$ two\n```\n    $ three\n")
                        .actions())
                .isEmpty();
    }

    @Test
    void whatCannotBeRunIsRefused() throws IOException {
        assertThat(complaints("```console\nprinted by nobody\n```\n"))
                .singleElement()
                .asString()
                .startsWith("page.md:2: a console block begins with a command");
        assertThat(complaints("```console\n$ ./naivechain -p 15001 &\n```\n"))
                .containsExactly("page.md:2: a program runs on unseen; give it a terminal, without the `&`");
        assertThat(complaints("<!-- fails -->\ntext\n```console\n$ one\n```\n"))
                .containsExactly(
                        "page.md:1: no console block follows this comment; put it on the line before the block's first");
        assertThat(complaints("<!-- terminal b -->\n```text\n```\n")).hasSize(1);
        assertThat(complaints("text\n\n<!-- long -->\n")).hasSize(1);
        assertThat(complaints("<!-- stop -->"))
                .containsExactly("page.md:1: the comment is not understood; it must match: stop (\\w+)");
    }
}
