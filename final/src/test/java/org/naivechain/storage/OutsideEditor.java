package org.naivechain.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody who opens a file with another program, as a reader of the course does with {@code sqlite3}. */
final class OutsideEditor {
    /** What SQLite locks as long as somebody has a file open; see its os.h. */
    private static final long SHARED_FIRST = 0x40000000 + 2;

    private static final long SHARED_SIZE = 510;
    private static final int LOCKED = 3;

    private OutsideEditor() {}

    /** Whether another program sees that the file is in use, and is not the last to close it. */
    static boolean isKeptFromClosingUp(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutsideEditor.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        return process.waitFor() == LOCKED;
    }

    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
            System.exit(channel.tryLock(SHARED_FIRST, SHARED_SIZE, false) == null ? LOCKED : 0);
        }
    }

    /** Somebody who begins a transaction and leaves it open. */
    static Connection lock(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }

    /** Something that is done meanwhile. */
    interface Meanwhile {
        void run() throws Exception;
    }

    static void lockWhile(Path file, Meanwhile meanwhile) throws Exception {
        Connection connection = lock(file);
        try {
            meanwhile.run();
        } finally {
            connection.close();
        }
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
