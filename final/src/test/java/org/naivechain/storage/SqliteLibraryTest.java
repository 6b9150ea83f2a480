package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
    @TempDir
    private Path directory;

    private final List<Path> loaded = new ArrayList<>();
    private Path beside;
    private Path data;

    @BeforeEach
    void make() throws IOException {
        beside = Files.createDirectory(directory.resolve("beside"));
        data = Files.createDirectory(directory.resolve("data"));
    }

    private Set<Path> folders() {
        return new LinkedHashSet<>(List.of(beside, data));
    }

    private Path load() throws StorageException {
        return SqliteLibrary.load(folders(), loaded::add);
    }

    @Test
    void isUnpackedOnceBesideTheProgram() throws Exception {
        Path library = load();
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(library, written);
        load();

        assertThat(loaded).containsExactly(library, library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(written);
        assertThat(beside).isDirectoryContaining(library::equals);
        assertThat(List.of(beside.toFile().list())).hasSize(1);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void isUnpackedAgainIfItIsDamaged() throws Exception {
        Path library = load();
        byte[] content = Files.readAllBytes(library);
        Files.write(library, new byte[content.length]);

        load();

        assertThat(library).hasBinaryContent(content);
        assertThat(List.of(beside.toFile().list())).hasSize(1);
    }

    @Test
    void isUnpackedBesideTheDataWhereItCannotBeBesideTheProgram() throws Exception {
        Files.delete(beside);

        assertThat(load().getParent()).isEqualTo(data);
    }

    /** As on a disk that is mounted without the right to run what is on it. */
    @Test
    void isUnpackedBesideTheDataWhereItCannotBeRunBesideTheProgram() throws Exception {
        Path library = SqliteLibrary.load(folders(), path -> {
            if (path.startsWith(beside)) {
                throw new UnsatisfiedLinkError("not permitted");
            }
        });

        assertThat(library.getParent()).isEqualTo(data);
    }

    @Test
    void saysInOneLineWhereItWasTriedAndWhatIsWrongThere() throws Exception {
        Files.delete(beside);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteLibrary.load(folders(), path -> {
                    throw new UnsatisfiedLinkError(path + ": failed to map segment: Operation not permitted");
                }))
                .withMessageStartingWith("SQLite's native library cannot be unpacked and run in " + beside
                        + " (java.nio.file.NoSuchFileException: ")
                .withMessageContaining(", nor in " + data + " (java.lang.UnsatisfiedLinkError: ")
                .withMessageEndingWith("Operation not permitted): make room or allow it there, or name another")
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    @Test
    void noFolderForTemporaryFilesIsNeeded() throws Exception {
        Path file = directory.resolve("chain.db");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory.resolve("missing"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.naivechain.cli.Main",
                        "verify",
                        "--create",
                        "4",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains(file + ": 4 blocks, verified in ");
    }
}
