package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainFileTest {
    @Test
    void aFileThatAnotherProgramHasLockedIsToldInOneLine(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("chain.db");
        SqliteFile.open(path).close();
        OutsideEditor.lockWhile(path, () -> {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.naivechain.cli.Main",
                            "verify",
                            "--create",
                            "4",
                            path.toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).isEqualTo(1);
            // A newer Java warns of native code, and ends that with an empty line.
            assertThat(printed.lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
                    .singleElement()
                    .asString()
                    .startsWith("naivechain: cannot write " + path + ": [SQLITE_BUSY]")
                    .endsWith("another program has been writing for too long: end it, or end its transaction");
        });
    }
}
