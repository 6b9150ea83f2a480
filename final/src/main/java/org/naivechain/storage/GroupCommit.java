package org.naivechain.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.naivechain.ledger.Durability;

/**
 * One disk sync for everything that the node writes until its thread gets round to it: the sync is a task behind those that
 * wait already, and what they write goes with it. For the node's thread only.
 */
public final class GroupCommit implements Durability {
    private final SqliteFile file;
    private final Executor loop;
    private final LongConsumer synced;
    private List<Runnable> waiting = new ArrayList<>();
    private boolean asked;

    GroupCommit(SqliteFile file, Executor loop, LongConsumer synced) {
        this.synced = synced;
        this.file = file;
        this.loop = loop;
    }

    @Override
    public void whenDurable(Runnable then) {
        if (!file.isDirty()) {
            then.run();
            return;
        }
        waiting.add(then);
        if (!asked) {
            asked = true;
            loop.execute(this::commit);
        }
    }

    @Override
    public void inPassing(Runnable then) {
        if (file.isDirty()) {
            waiting.add(then);
        } else {
            then.run();
        }
    }

    /** Makes durable what is not; also what nobody waits for. */
    public void commit() {
        asked = false;
        if (file.isDirty()) {
            long since = System.nanoTime();
            file.commit();
            synced.accept(since);
        }
        List<Runnable> told = waiting;
        waiting = new ArrayList<>();
        tell(told);
    }

    /** One who fails does not keep the others from being told. */
    private static void tell(List<Runnable> told) {
        RuntimeException failure = null;
        for (Runnable each : told) {
            try {
                each.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
