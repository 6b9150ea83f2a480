package org.naivechain.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Maven project of a workspace: an IDE that opens it knows the classes of the course, and its libraries. */
record Project(Path home, Path folder) {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- For your IDE. Written anew by ./naivechain learn. -->
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.naivechain</groupId>
              <artifactId>workspace</artifactId>
              <version>0.1.0</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
            """;
    private static final String DEPENDENCY = """
                <dependency>
                  <groupId>org.naivechain.workspace</groupId>
                  <artifactId>%s</artifactId>
                  <version>0.1.0</version>
                  <scope>system</scope>
                  <systemPath>%s</systemPath>
                </dependency>
            """;
    private static final String TAIL = """
              </dependencies>
            </project>
            """;

    void write() throws IOException {
        StringBuilder pom = new StringBuilder(HEAD);
        for (Path jar : jars()) {
            String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
            pom.append(DEPENDENCY.formatted(name, systemPath(jar)));
        }
        Files.writeString(folder.resolve("pom.xml"), pom.append(TAIL).toString());
        Path ignored = folder.resolve(".gitignore");
        if (!Files.exists(ignored)) {
            Files.writeString(ignored, "/.learn/\n/target/\n");
        }
    }

    private List<Path> jars() throws IOException {
        Path target = home.resolve("final/target");
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(Stream.of(target.resolve("naivechain.jar")), libraries.sorted())
                    .toList();
        }
    }

    private String systemPath(Path jar) {
        Path base = folder.toAbsolutePath().normalize();
        Path absolute = jar.toAbsolutePath().normalize();
        String path = base.getRoot().equals(absolute.getRoot())
                ? "${project.basedir}/" + base.relativize(absolute)
                : absolute.toString();
        return path.replace('\\', '/').replace("&", "&amp;").replace("<", "&lt;");
    }
}
