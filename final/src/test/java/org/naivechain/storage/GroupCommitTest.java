package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    @TempDir
    private Path directory;

    @RegisterExtension
    final TestFile files = new TestFile();

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private SqliteFile file;
    private GroupCommit commits;

    @BeforeEach
    void open() {
        file = files.open(path());
        file.define("CREATE TABLE IF NOT EXISTS notes (text TEXT)");
        commits = new GroupCommit(file, tasks::add, since -> {});
    }

    private Path path() {
        return directory.resolve("node.db");
    }

    private void write(String text) {
        file.write("INSERT INTO notes (text) VALUES (?)", statement -> statement.setString(1, text));
    }

    /** Notes how many rows are durable when it is told. */
    private Runnable tell(String name) {
        return () -> told.add(name + " at " + TestFile.committed(path(), "notes"));
    }

    @Test
    void tellsAtOnceIfNothingWasWritten() {
        commits.whenDurable(tell("urgent"));
        commits.inPassing(tell("passing"));

        assertThat(told).containsExactly("urgent at 0", "passing at 0");
        assertThat(tasks).isEmpty();
    }

    @Test
    void oneCommitBehindWhatWaitsAlreadyServesAllWhoWroteBeforeIt() {
        write("first");
        commits.whenDurable(tell("first"));
        write("second");
        commits.whenDurable(tell("second"));
        write("nobody waits for this");
        assertThat(told).isEmpty();
        assertThat(tasks).hasSize(1);

        tasks.remove().run();

        assertThat(told).containsExactly("first at 3", "second at 3");
        assertThat(tasks).isEmpty();
        assertThat(file.isDirty()).isFalse();
    }

    @Test
    void whatIsNotUrgentAsksForNoCommitAndGoesAlongWithTheNext() {
        write("first");
        commits.inPassing(tell("passing"));
        assertThat(tasks).isEmpty();
        assertThat(told).isEmpty();

        commits.whenDurable(tell("urgent"));
        tasks.remove().run();

        assertThat(told).containsExactly("passing at 1", "urgent at 1");
    }

    @Test
    void aCommitThatNobodyAskedForTellsWhoWaits() {
        write("first");
        commits.inPassing(tell("passing"));

        commits.commit();

        assertThat(told).containsExactly("passing at 1");
        assertThat(TestFile.committed(path(), "notes")).isEqualTo(1);
    }

    @Test
    void whoWritesWhenToldWaitsForTheNextCommit() {
        write("first");
        commits.whenDurable(() -> {
            write("second");
            commits.whenDurable(tell("second"));
        });

        tasks.remove().run();
        assertThat(told).isEmpty();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();

        assertThat(told).containsExactly("second at 2");
    }

    @Test
    void nobodyIsToldTwice() {
        write("first");
        commits.whenDurable(tell("first"));
        commits.commit();
        tasks.remove().run();
        write("second");
        commits.commit();

        assertThat(told).containsExactly("first at 1");
    }
}
