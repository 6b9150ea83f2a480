package org.naivechain.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The disk failed, or somebody is in the way, while a file was in use; the message says what to do, in one line. Nobody who
 * gets this knows whether more can be written: a node should stop.
 */
public final class StorageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** SQLite adds details in the bits above; see https://www.sqlite.org/rescode.html. */
    private static final int PRIMARY_CODE = 0xff;

    /** A file that could be opened can be read in part. */
    private static final String RESCUE =
            "; the file is damaged beyond single blocks: start the node again, and it rescues what"
                    + " can be read, and fetches the rest from its peers";

    private final boolean lock;

    StorageFailure(String doing, Path file, SQLException cause) {
        super(
                "cannot " + doing + " " + file + ": " + (isDamage(cause) ? words(cause) + RESCUE : explain(cause)),
                cause);
        lock = cause instanceof SQLiteException sqlite
                && primary(sqlite.getResultCode()) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** Whether another program has locked the file, so that trying again may help. */
    boolean isOfLock() {
        return lock;
    }

    static boolean isDamage(SQLException e) {
        return e instanceof SQLiteException sqlite && primary(sqlite.getResultCode()) == SQLiteErrorCode.SQLITE_CORRUPT;
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE);
    }

    private static String words(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    StorageFailure(String message) {
        super(message);
        lock = false;
    }

    /** SQLite's words, and what the user can do. */
    static String explain(SQLException e) {
        String words = words(e);
        return e instanceof SQLiteException sqlite ? words + advice(sqlite.getResultCode()) : words;
    }

    private static String advice(SQLiteErrorCode code) {
        return switch (primary(code)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "; another program has been writing for too long: end it, or end its transaction";
            case SQLITE_FULL -> "; make room on the disk and start again";
            case SQLITE_IOERR -> "; look after the disk and start again";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                "; let this user write the file and its directory, or name another";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "; the file is damaged beyond single blocks: move it away, and let the node fetch the chain from its peers";
            default -> "";
        };
    }
}
