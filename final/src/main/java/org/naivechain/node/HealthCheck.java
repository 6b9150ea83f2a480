package org.naivechain.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a node's whole chain in slices, so that a long chain does not keep the node from its other work. Those who ask
 * while it is being verified share the verdict. For the node's thread only.
 */
final class HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final int SLICE = 500;

    private final Node node;
    private final Executor loop;
    private CompletableFuture<Verdict> running = CompletableFuture.completedFuture(Verdict.SOUND);

    HealthCheck(Node node, Executor loop) {
        this.node = node;
        this.loop = loop;
    }

    CompletableFuture<Verdict> run() {
        if (running.isDone()) {
            running = new CompletableFuture<>();
            slice(Verification.ofWholeChain(), 0, running);
        }
        return running;
    }

    /** A slice that cannot be read must not leave those waiting who asked. */
    private void slice(Verification verification, long next, CompletableFuture<Verdict> verdict) {
        try {
            verify(verification, next, verdict);
        } catch (RuntimeException e) {
            verdict.completeExceptionally(e);
        }
    }

    private void verify(Verification verification, long next, CompletableFuture<Verdict> verdict) {
        List<Block> blocks = node.page(next, SLICE);
        for (Block block : blocks) {
            Verdict found = verification.next(block);
            if (found instanceof Verdict.Fault fault) {
                LOG.error("The chain is not sound: {}", fault);
                verdict.complete(fault);
                return;
            }
        }
        if (next + blocks.size() >= node.length()) {
            verdict.complete(Verdict.SOUND);
        } else {
            loop.execute(() -> slice(verification, next + blocks.size(), verdict));
        }
    }
}
