package org.naivechain.storage;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library. The driver would unpack it into the folder for temporary files at every start, and leave it there
 * when the program is killed. Here it is unpacked once, beside the program; where that is impossible, beside the file that is
 * opened. Any thread may use it.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String RESOURCE =
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();

    private SqliteLibrary() {}

    /** Loads it, if neither this program nor its user has named another, and the driver has one for this system. */
    static synchronized void load(Path file) throws StorageException {
        if (System.getProperty(FOLDER) == null && SQLiteJDBCLoader.class.getResource(RESOURCE) != null) {
            Path library = load(
                    new LinkedHashSet<>(
                            List.of(besideTheProgram(), file.toAbsolutePath().getParent())),
                    unpacked -> System.load(unpacked.toString()));
            System.setProperty(FOLDER, library.getParent().toString());
            System.setProperty("org.sqlite.lib.name", library.getFileName().toString());
        }
    }

    /** Where Java was told to look for classes first. */
    private static Path besideTheProgram() {
        String first = System.getProperty("java.class.path").split(File.pathSeparator)[0];
        return Path.of(first).toAbsolutePath().getParent();
    }

    /** Unpacks it in the first folder where that is possible and it can be loaded from. */
    static Path load(Set<Path> folders, Consumer<Path> loader) throws StorageException {
        List<String> reasons = new ArrayList<>();
        for (Path folder : folders) {
            try {
                Path library = unpack(folder);
                loader.accept(library);
                return library;
            } catch (IOException | UnsatisfiedLinkError e) {
                reasons.add(folder + " (" + e + ")");
            }
        }
        throw new StorageException("SQLite's native library cannot be unpacked and run in "
                + String.join(", nor in ", reasons) + ": make room or allow it there, or name another");
    }

    private static Path unpack(Path folder) throws IOException {
        byte[] content;
        try (InputStream resource = SQLiteJDBCLoader.class.getResourceAsStream(RESOURCE)) {
            content = resource.readAllBytes();
        }
        // Of every version and system, as programs of several may share the folder.
        String name = "sqlite-" + SQLiteJDBCLoader.getVersion()
                + LibraryLoaderUtil.getNativeLibResourcePath()
                        .replace("/org/sqlite/native", "")
                        .replace('/', '-');
        Path library = folder.resolve(name + "-" + LibraryLoaderUtil.getNativeLibName());
        if (!Files.exists(library) || !Arrays.equals(Files.readAllBytes(library), content)) {
            Path part = folder.resolve(name + "." + ProcessHandle.current().pid());
            try {
                Files.write(part, content);
                Files.move(part, library, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return library;
    }
}
