package org.naivechain.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Somebody who opens a file with another program, as a reader of the course does with {@code sqlite3}. */
final class OutsideEditor {
    private OutsideEditor() {}

    /** In a process of its own, whose locks are not this one's. */
    static void runInAnotherProgram(Path file, String... statements) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OutsideEditor.class.getName(),
                file.toString()));
        command.addAll(List.of(statements));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the other program failed, see its words above");
        }
    }

    public static void main(String[] arguments) {
        run(Path.of(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    static void run(Path file, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
