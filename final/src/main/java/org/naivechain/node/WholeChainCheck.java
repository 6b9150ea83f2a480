package org.naivechain.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.naivechain.chain.BlockStore;
import org.naivechain.chain.StoreVerification;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockRules;
import org.naivechain.storage.SqliteBlockStore;
import org.naivechain.storage.SqliteFile;
import org.naivechain.storage.StorageException;

/**
 * Verifies a whole chain on several threads, each with a reader and a range of its own. Each range is checked against the last
 * block of the range before it, so that the verdict is the one of a single walk. The chain must not change meanwhile. A few blocks
 * for each thread are in memory at a time. To be run once, by one thread, which waits and is told of the progress.
 */
final class WholeChainCheck {
    private static final int PROGRESS_MILLIS = 100;

    private final Source source;
    private final int threads;
    private final BlockRules rules;
    private final AtomicLong checked = new AtomicLong();
    private volatile boolean stopped;

    /** A check on as many threads as there are processors. */
    WholeChainCheck(Source source, BlockRules rules) {
        this(source, Runtime.getRuntime().availableProcessors(), rules);
    }

    /** A check of blocks without seals. */
    WholeChainCheck(Source source, int threads) {
        this(source, threads, BlockRules.UNSEALED);
    }

    private WholeChainCheck(Source source, int threads, BlockRules rules) {
        this.source = source;
        this.threads = threads;
        this.rules = rules;
    }

    /** Opens blocks, has them read on the calling thread, and closes them; is called on several threads at once. */
    interface Source {
        Verdict read(Function<BlockStore, Verdict> reader) throws StorageException;
    }

    /** Reads what is committed to a file. */
    static Source of(Path file) {
        return reader -> {
            try (SqliteFile opened = SqliteFile.openReader(file)) {
                return reader.apply(new SqliteBlockStore(opened));
            }
        };
    }

    /**
     * Checks that the chain has the length, and every index, link, hash, and seal.
     *
     * @param progress is told, again and again, how many blocks have been checked
     * @return sound, or the first fault
     * @throws StorageException if a reader cannot be opened
     * @throws InterruptedException if the calling thread is interrupted
     */
    Verdict run(long length, LongConsumer progress) throws StorageException, InterruptedException {
        int ranges = (int) Math.max(1, Math.min(threads, length));
        List<FutureTask<Verdict>> checks = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        try {
            for (int i = 0; i < ranges; i++) {
                long from = border(length, i, ranges);
                long end = border(length, i + 1, ranges);
                checks.add(new FutureTask<>(() -> source.read(blocks -> check(blocks, from, end))));
                Thread thread = new Thread(checks.get(i), "chain-check");
                thread.start();
                started.add(thread);
            }
            // In the order of the chain: a later range took the block before it for sound, which it need not be.
            for (FutureTask<Verdict> range : checks) {
                Verdict verdict = await(range, progress);
                if (!verdict.isSound()) {
                    return verdict;
                }
            }
            progress.accept(checked.get());
            return Verdict.SOUND;
        } finally {
            stopped = true;
            join(started);
        }
    }

    /** Where a range begins; written so that it does not overflow for a length that an edited file claims. */
    private static long border(long length, int range, int ranges) {
        return length / ranges * range + Math.min(range, length % ranges);
    }

    private Verdict check(BlockStore blocks, long from, long end) {
        StoreVerification verification = new StoreVerification(blocks, from, end);
        boolean more = true;
        while (more && !stopped) {
            long before = verification.next();
            more = verification.step();
            checked.addAndGet(verification.next() - before);
        }
        Verdict verdict = verification.verdict();
        // Votes leave no seals, and a node that starts is waited for.
        return verdict.isSound() && rules != BlockRules.UNSEALED
                ? rules.verify(blocks, from, end, () -> !stopped)
                : verdict;
    }

    private Verdict await(FutureTask<Verdict> range, LongConsumer progress)
            throws StorageException, InterruptedException {
        while (true) {
            try {
                return range.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.accept(checked.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StorageException storage) {
                    throw storage;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause();
            }
        }
    }

    /** Waits until no thread is left, which takes no longer than a few reads. */
    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
