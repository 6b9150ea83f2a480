package org.naivechain.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.naivechain.storage.SqliteFile;
import org.naivechain.storage.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the node's thread wait while another program has locked the file, in the midst of what it was doing: the node stands
 * still, as if the machine had been halted, and so it neither votes nor loses anything. Only questions of users, which change
 * nothing, are answered meanwhile. For the node's thread, except for {@link #execute} and {@link #isBusy}.
 */
final class StorageLock implements SqliteFile.Patience, Executor {
    static final String BUSY =
            "storage is busy: another program has locked the file in which this node keeps its chain";
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    /** After about a second; most locks are over sooner. */
    private static final int TRIES = 10;

    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final Set<Runnable> underWay = new LinkedHashSet<>();
    private final Executor loop;
    private int tries;
    private volatile boolean busy;

    StorageLock(Executor loop) {
        this.loop = loop;
    }

    boolean isBusy() {
        return busy;
    }

    /** Has a question answered in its turn, or sooner if the node's thread waits. The question must change nothing. */
    @Override
    public void execute(Runnable question) {
        questions.add(question);
        loop.execute(this::answerNext);
    }

    private void answerNext() {
        Runnable question = questions.poll();
        if (question != null) {
            question.run();
        }
    }

    /**
     * Makes a change for a user, who is not left without an answer if the file is locked.
     *
     * @param answer takes the outcome; it may be told another one after {@code unknown}
     * @param refused the outcome if the change is not begun
     * @param unknown the outcome if it was begun and may be made later
     */
    <T> void change(Consumer<Consumer<T>> change, Consumer<T> answer, T refused, T unknown) {
        if (busy) {
            answer.accept(refused);
            return;
        }
        Runnable giveUp = () -> answer.accept(unknown);
        underWay.add(giveUp);
        change.accept(outcome -> {
            underWay.remove(giveUp);
            answer.accept(outcome);
        });
    }

    @Override
    public void stillLocked(StorageFailure locked) {
        if (Thread.currentThread().isInterrupted()) {
            throw locked;
        }
        if (++tries == TRIES) {
            busy = true;
            LOG.warn(
                    "Storage is busy, and this node waits: {}. Meanwhile it neither votes nor adds; what it has can be read",
                    locked.getMessage());
            List<Runnable> waiting = new ArrayList<>(underWay);
            underWay.clear();
            waiting.forEach(Runnable::run);
        }
        while (busy && !questions.isEmpty()) {
            answerNext();
        }
    }

    @Override
    public void unlocked() {
        tries = 0;
        if (busy) {
            busy = false;
            LOG.info("Storage is free again, and this node goes on");
        }
    }
}
