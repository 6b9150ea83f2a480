package org.naivechain.node;

import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.naivechain.consensus.work.Candidate;
import org.naivechain.consensus.work.Miner;

/** Computes hashes on threads of low priority, so that the node answers meanwhile. One search at a time. */
final class MiningThreads implements Miner, AutoCloseable {
    /** Between two looks at whether to stop: about a millisecond. */
    private static final int ATTEMPTS = 1_000;

    private final int threads;
    private final Executor loop;
    private volatile Hunt current;
    private volatile boolean closed;

    /**
     * A miner that has not begun.
     *
     * @param loop runs what is told, on the node's thread
     */
    MiningThreads(int threads, Executor loop) {
        this.threads = threads;
        this.loop = loop;
    }

    @Override
    public Search begin(Candidate candidate, long from, LongConsumer found) {
        Hunt hunt = new Hunt(candidate, found);
        current = hunt;
        for (int i = 0; i < threads && !closed; i++) {
            long first = from + i;
            Thread thread = new Thread(() -> hunt.run(first), "miner");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
        return hunt::stop;
    }

    @Override
    public void close() {
        closed = true;
        if (current != null) {
            current.stop();
        }
    }

    private final class Hunt {
        private final Candidate candidate;
        private final LongConsumer found;
        private volatile boolean over;

        Hunt(Candidate candidate, LongConsumer found) {
            this.candidate = candidate;
            this.found = found;
        }

        void run(long first) {
            Candidate.Attempts attempts = candidate.attempts();
            long nonce = first;
            while (!over && !closed) {
                for (int i = 0; i < ATTEMPTS; i++) {
                    if (attempts.meets(nonce)) {
                        tell(nonce);
                        return;
                    }
                    nonce += threads;
                }
            }
        }

        /** Several threads may find a nonce at once. */
        private void tell(long nonce) {
            loop.execute(() -> {
                if (!over) {
                    over = true;
                    found.accept(nonce);
                }
            });
        }

        void stop() {
            over = true;
        }
    }
}
