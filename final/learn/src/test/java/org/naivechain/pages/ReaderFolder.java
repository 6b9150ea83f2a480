package org.naivechain.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that looks like a clone of this repository in which no node has run yet: links to what is there, the launcher of the
 * build that is there, and a Maven that builds here.
 */
final class ReaderFolder {
    private static final Set<String> OWN = Set.of("mvnw", "target", "naivechain-data");

    private ReaderFolder() {}

    static Path make(Path folder, Path repository) throws IOException {
        Files.createDirectories(folder);
        List<Path> entries;
        try (Stream<Path> list = Files.list(repository)) {
            entries = list.toList();
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (!OWN.contains(name) && !name.startsWith(".")) {
                Files.createSymbolicLink(
                        folder.resolve(name), entry.toAbsolutePath().normalize());
            }
        }
        Path maven = folder.resolve("mvnw");
        Files.writeString(
                maven, "#!/bin/sh\ncd '" + repository.toAbsolutePath().normalize() + "' && exec ./mvnw \"$@\"\n");
        if (!maven.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + maven + " a program");
        }
        return folder;
    }

    /** Removes the links; the rest of a temporary folder needs no care. */
    static void takeApart(Path folder) throws IOException {
        List<Path> links;
        try (Stream<Path> list = Files.list(folder)) {
            links = list.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
    }

    /** What a command finds: no build by itself, files of the reader's in this folder, and Java without its second compiler. */
    static Map<String, String> environment(Path folder) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NAIVECHAIN_BUILD", "never");
        environment.put("NAIVECHAIN_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        environment.put("NAIVECHAIN_WORKSPACE", folder.resolve("workspace").toString());
        environment.put("TERM", "dumb");
        return environment;
    }
}
