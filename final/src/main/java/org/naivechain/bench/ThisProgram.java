package org.naivechain.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How to start this program once more, in another process: the same Java, the same options, the same classes. */
final class ThisProgram {
    /** What two processes cannot have both: a debugger's port, an agent's file. */
    private static final List<String> NOT_TWICE =
            List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-XX:ArchiveClassesAtExit");

    private ThisProgram() {}

    /** The command without the program's own arguments, good in any working directory. */
    static List<String> command(String mainClass) {
        ProcessHandle.Info java = ProcessHandle.current().info();
        Path usual = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.command().orElse(usual.toString())));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> NOT_TWICE.stream().noneMatch(option::startsWith))
                .forEach(command::add);
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, mainClass));
        return command;
    }
}
