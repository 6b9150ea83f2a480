package org.naivechain.notebooks;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the tests read of a notebook file, format 4 of <a href="https://nbformat.readthedocs.io">nbformat</a>.
 *
 * @param cells text and code, from top to bottom
 * @param metadata which kernel runs the code
 * @param major the version of the format
 * @param minor the revision of the format; cells have ids since 5
 */
record NotebookFile(
        List<Cell> cells,
        Metadata metadata,
        @JsonProperty("nbformat") int major,
        @JsonProperty("nbformat_minor") int minor) {

    record Metadata(KernelSpec kernelspec) {}

    record KernelSpec(
            String name, @JsonProperty("display_name") String displayName, String language) {}

    record Cell(
            String id,
            @JsonProperty("cell_type") String type,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> source,

            Map<String, Object> metadata,
            List<Map<String, Object>> outputs,
            @JsonProperty("execution_count") Integer executionCount) {

        boolean isCode() {
            return type.equals("code");
        }

        String text() {
            return String.join("", source);
        }
    }

    static NotebookFile read(Path file) {
        return JsonMapper.shared().readValue(file, NotebookFile.class);
    }

    List<Cell> code() {
        return cells.stream().filter(Cell::isCode).toList();
    }
}
