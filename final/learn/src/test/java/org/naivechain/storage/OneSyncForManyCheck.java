package org.naivechain.storage;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.learn.Explain;
import org.naivechain.storage.SqliteFile.Parameters;

/** A real file and a queue of tasks in place of the node's thread; a reader sees what a crash would leave. */
class OneSyncForManyCheck {
    private static final String INSERT = "INSERT INTO notes (text) VALUES (?)";

    @TempDir
    private Path directory;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private SqliteFile file;
    private GroupCommit commits;
    private int syncs;
    private long reported;
    private long ended;

    @BeforeEach
    void open() throws StorageException {
        file = SqliteFile.open(directory.resolve("node.db"));
        file.define("CREATE TABLE IF NOT EXISTS notes (text TEXT)");
        file.onEnd(kept -> ended = System.nanoTime());
        commits = new GroupCommit(file, tasks::add, since -> {
            syncs++;
            reported = since;
        });
    }

    @AfterEach
    void close() {
        file.close();
    }

    private void write(String text) {
        file.write(INSERT, Parameters.of(text));
    }

    private void tell(String name) {
        told.add(name + ", with " + durable() + " rows durable");
    }

    private int durable() {
        try (SqliteFile reader = SqliteFile.openReader(directory.resolve("node.db"))) {
            return reader.first("SELECT count(*) FROM notes", Parameters.NONE, row -> row.getInt(1))
                    .orElseThrow();
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }

    private void runTask(String after) {
        Explain.that(
                !tasks.isEmpty(),
                "After " + after + " the node's queue holds no task that commits.",
                "Nobody else syncs the disk for those who wait: without such a task they wait for ever.");
        tasks.remove().run();
    }

    @Test
    @DisplayName("Nobody waits when everything is durable already")
    void tellsAtOnceIfNothingWasWritten() {
        commits.whenDurable(() -> tell("vote"));

        Explain.same(
                List.of("vote, with 0 rows durable"),
                told,
                "Nothing was written, and `whenDurable` was called.",
                "There is nothing to wait for, so it calls back at once.");
        Explain.same(
                0, syncs, "Nothing was written. Syncs:", "A sync of nothing costs as much as a sync of something.");
    }

    @Test
    @DisplayName("Nobody is told before what they wrote is on the disk")
    void tellsNobodyBeforeTheSync() {
        write("vote 1");
        commits.whenDurable(() -> tell("vote 1"));

        Explain.same(
                List.of(),
                told,
                "A vote was written, and `whenDurable` called back at once, before the node's queue went on. Told:",
                "If nothing was synced, a crash now makes the node forget a vote that it answered. If you synced right here,"
                        + " every answer costs a sync of its own.");
        runTask("a write and `whenDurable`");
        Explain.same(
                List.of("vote 1, with 1 rows durable"),
                told,
                "The task in the queue ran. What another program saw in the file when `whenDurable` called back:",
                "First the disk, then the answer. The number says how many rows would outlive a crash at that moment.");
    }

    @Test
    @DisplayName("All who wrote before the sync share one sync")
    void sharesOneSync() {
        for (int i = 1; i <= 100; i++) {
            String name = "vote " + i;
            write(name);
            commits.whenDurable(() -> told.add(name));
        }

        Explain.same(
                1,
                tasks.size(),
                "100 votes were written, and `whenDurable` was called after each. Tasks in the node's queue:",
                "One task is enough: whatever is written before it runs goes with it.");
        runTask("100 writes");
        Explain.same(1, syncs, "100 votes were written. Syncs:", "100 syncs take 100 times as long as one.");
        Explain.same(
                100,
                told.size(),
                "100 votes wait for the disk. Told after the sync:",
                "A vote that is never answered is no vote.");
        Explain.same(
                100,
                durable(),
                "100 votes were answered. Of them on the disk:",
                "Every answer rests on a row in the file.");
    }

    @Test
    @DisplayName("Someone who is in no hurry does not keep the next from asking for a sync")
    void whoIsInNoHurryAsksForNothing() {
        write("note 1");
        commits.inPassing(() -> told.add("note 1"));
        write("vote 1");
        commits.whenDurable(() -> told.add("vote 1"));

        Explain.same(
                1,
                tasks.size(),
                "One row was written and `inPassing` called (given), then another and `whenDurable`. Tasks in the node's queue:",
                "`inPassing` puts its caller on the list `waiting`, and asks for no sync. So the list does not tell whether a"
                        + " task is in the queue.");
        runTask("`inPassing` and `whenDurable`");
        Explain.same(List.of("note 1", "vote 1"), told, "Told after the sync:", "It made both rows durable.");
    }

    @Test
    @DisplayName("Someone who writes again when told waits for the next sync")
    void whoWritesWhenToldWaitsForTheNextSync() {
        write("vote 1");
        commits.whenDurable(() -> {
            tell("vote 1");
            write("vote 2");
            commits.whenDurable(() -> tell("vote 2"));
        });
        commits.whenDurable(() -> told.add("another"));

        try {
            runTask("a write and `whenDurable`");
        } catch (ConcurrentModificationException e) {
            Explain.that(
                    false,
                    "One who was told wrote again and called `whenDurable` again; the list changed while `commit` walked"
                            + " through it: " + e,
                    "Take the list away, put an empty one in its place, and only then tell those on the one that you took.");
        }
        Explain.same(
                List.of("vote 1, with 1 rows durable", "another"),
                told,
                "One who was told wrote \"vote 2\" and waits again. Told by the first sync:",
                "\"vote 2\" was written after this sync. Its answer would rest on nothing.");
        runTask("the first sync, in which \"vote 2\" was written,");
        Explain.same(
                List.of("vote 1, with 1 rows durable", "another", "vote 2, with 2 rows durable"),
                told,
                "The second task ran. Told so far:",
                "The second sync makes \"vote 2\" durable, and tells nobody a second time.");
    }

    @Test
    @DisplayName("After one sync the next write asks for another")
    void asksAgainAfterASync() {
        for (int round = 1; round <= 3; round++) {
            String name = "vote " + round;
            write(name);
            commits.whenDurable(() -> told.add(name));
            runTask("write number " + round);
        }

        Explain.same(
                List.of("vote 1", "vote 2", "vote 3"),
                told,
                "Three votes were written, each after the sync of the one before. Told:",
                "When the task runs it is not in the queue any more: the next who waits asks for another.");
        Explain.same(3, syncs, "Three votes, one after the other. Syncs:", "Here nothing could be shared.");
    }

    @Test
    @DisplayName("What is reported of a sync is the moment when it began, and of no sync nothing")
    void reportsWhenTheSyncBegan() {
        commits.commit();
        Explain.same(
                0,
                syncs,
                "Nothing was written, and `commit` was called. Calls of `synced`:",
                "The node's figures would count syncs that never were.");

        write("vote 1");
        long before = System.nanoTime();
        commits.commit();

        Explain.same(
                1, syncs, "A vote was written, and `commit` was called. Calls of `synced`:", "There was one sync.");
        Explain.that(
                reported - ended < 0,
                "`synced` was given a moment " + (reported - ended) + " ns after the sync had ended.",
                "From this moment until now is how long the sync took. Note the time before `file.commit()`.");
        Explain.that(
                reported - before >= 0,
                "`synced` was given a moment " + (before - reported) + " ns before `commit` was called.",
                "It is System.nanoTime(), read right before the sync.");
    }

    @Test
    @DisplayName("A sync that fails tells nobody, and does not keep the next write from being synced")
    void aFailedSyncIsNotTheLast() {
        write("vote 1");
        commits.whenDurable(() -> told.add("vote 1"));
        loseWhatWasWritten();

        boolean failed = false;
        try {
            runTask("a write and `whenDurable`");
        } catch (StorageFailure e) {
            failed = true;
        }
        Explain.that(
                failed && told.isEmpty(),
                "The disk failed, and `file.commit()` threw. `commit` " + (failed ? "threw, too" : "did not throw")
                        + ". Told: " + told,
                "What was written is lost. Nobody may take it for durable, and the node must hear of the failure.");

        file.rollback();
        write("vote 2");
        commits.whenDurable(() -> told.add("vote 2"));
        Explain.that(
                !tasks.isEmpty(),
                "A sync failed. Then \"vote 2\" was written, `whenDurable` was called, and the node's queue holds no task"
                        + " that commits.",
                "Whatever says that a sync is asked for still says so after the sync that failed. From now on nobody would ever"
                        + " be told.");
        runTask("the write after a sync that failed");
        Explain.that(
                told.contains("vote 2"),
                "A sync failed, and the next did not. Told after it: " + told,
                "\"vote 2\" is on the disk.");
    }

    /** As SQLite does by itself after some errors of the disk. */
    private void loseWhatWasWritten() {
        try {
            file.atomically(() -> file.write("ROLLBACK", Parameters.NONE));
        } catch (StorageFailure e) {
            // The file says so at the next commit.
            return;
        }
        throw new IllegalStateException("the transaction is still there");
    }
}
