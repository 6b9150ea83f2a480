package org.naivechain.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A file that is opened again and again, closed after each test, and looked at with another program. */
public final class TestFile implements AfterEachCallback {
    private final List<SqliteFile> open = new ArrayList<>();

    public SqliteFile open(Path path) {
        try {
            SqliteFile file = SqliteFile.open(path);
            open.add(file);
            return file;
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What somebody does who opens the file with another program. */
    public static void alter(Path path, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that is done meanwhile. */
    public interface Meanwhile {
        void run() throws Exception;
    }

    /** What somebody does who begins a transaction with another program and leaves it open. */
    public static void lockWhile(Path path, String begin, Meanwhile meanwhile) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=10000");
            statement.execute(begin);
            meanwhile.run();
        }
    }

    /** What a broken disk does: the first page of a table or an index holds nothing but zeros. */
    public static void zeroPage(Path path, String btree) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            int page;
            try (ResultSet row =
                    statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = '" + btree + "'")) {
                page = row.getInt(1);
            }
            int size;
            try (ResultSet row = statement.executeQuery("PRAGMA page_size")) {
                size = row.getInt(1);
            }
            zeros(path, (page - 1L) * size, size);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is left when the end of a file is lost. */
    public static void cutOff(Path path, int bytes) {
        alter(path, "PRAGMA wal_checkpoint(TRUNCATE)");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void zeros(Path path, long from, int bytes) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(bytes), from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What another program sees that a block carries. */
    public static String data(Path path, int position) {
        return value(path, "SELECT data FROM blocks WHERE position = " + position);
    }

    /** How many rows another program sees in a table: those that are committed. */
    public static int committed(Path path, String table) {
        return Integer.parseInt(value(path, "SELECT count(*) FROM " + table));
    }

    public static String value(Path path, String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(SqliteFile::close);
        open.clear();
    }
}
