package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.naivechain.notebooks.KernelSession.BrokenCell;
import org.naivechain.notebooks.NotebookFile.Cell;
import org.naivechain.notebooks.NotebookFile.KernelSpec;

class NotebooksTest {
    /** Where Maven runs a module's tests. */
    private static final Path MODULE = Path.of("");

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(MODULE)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void everyCellRuns(Path file) throws BrokenCell {
        assertThat(KernelSession.run(NotebookFile.read(file))).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void opensWithTheKernelOfTheCourse(Path file) {
        assertThat(NotebookFile.read(file).metadata().kernelspec())
                .isEqualTo(new KernelSpec("naivechain", "NaiveChain (Java)", "java"));
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void isCommittedWithWhatItShowsAndNothingElseOfARun(Path file) {
        NotebookFile notebook = NotebookFile.read(file);

        assertThat(notebook.code()).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.executionCount()).as(cell.text()).isNull();
            assertThat(cell.metadata()).as(cell.text()).isEmpty();
            assertThat(cell.outputs())
                    .as(cell.text())
                    .noneMatch(output -> output.get("output_type").equals("error"));
        });
        assertThat(notebook.code()).anyMatch(cell -> !cell.outputs().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void namesItsCellsSoThatChangesAreReadable(Path file) {
        NotebookFile notebook = NotebookFile.read(file);

        assertThat(notebook.major()).isEqualTo(4);
        assertThat(notebook.minor()).isEqualTo(5);
        assertThat(notebook.cells())
                .extracting(Cell::id)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[a-z][a-z0-9-]{0,63}"));
    }

    static List<Arguments> reportsABrokenCellWithItsSourceAndItsError() {
        return List.of(
                Arguments.of(
                        "int height = \"seven\";", "incompatible types: java.lang.String cannot be converted to int"),
                Arguments.of("heigth + 1", "cannot find symbol"),
                Arguments.of("if (height > 0) {", "Incomplete input"),
                Arguments.of("List.of(1, 2).get(height)", "java.lang.IndexOutOfBoundsException"),
                Arguments.of("throw new AssertionError(\"not sound\");", "java.lang.AssertionError: not sound"));
    }

    @ParameterizedTest
    @MethodSource
    void reportsABrokenCellWithItsSourceAndItsError(String source, String error) {
        NotebookFile notebook = notebook("int height = 7;", source, "height");

        assertThatThrownBy(() -> KernelSession.run(notebook))
                .isInstanceOf(BrokenCell.class)
                .hasMessageStartingWith("this cell fails:\n" + source + "\n\nwith:\n")
                .hasMessageContaining(error);
    }

    @Test
    void showsWhatCellsPrintDisplayAndEndWith() throws BrokenCell {
        NotebookFile notebook =
                notebook("int height = 7;", "System.out.println(\"é\");", "var id = display(height);", "height + 1");

        assertThat(KernelSession.run(notebook)).isEqualTo("\né\n\n7\n\n8\n");
    }

    private static NotebookFile notebook(String... sources) {
        List<Cell> cells = Stream.of(sources)
                .map(source -> new Cell("cell", "code", List.of(source), Map.of(), List.of(), null))
                .toList();
        return new NotebookFile(cells, null, 4, 5);
    }
}
