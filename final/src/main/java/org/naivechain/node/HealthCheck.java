package org.naivechain.node;

import java.time.Duration;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the chain as it lies in its store, over and over, a slice every second, so that a block that somebody alters is
 * found while the node runs. A long chain takes a while: 1,000,000 blocks take about an hour. For the node's thread only.
 */
final class HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int SLICE = 250;

    private final Node node;
    private final Time time;
    private Verdict verdict = Verdict.SOUND;
    private Verification verification = Verification.ofWholeChain();
    private long next;

    HealthCheck(Node node, Time time) {
        this.node = node;
        this.time = time;
    }

    /** What the last look at each block has shown. */
    Verdict verdict() {
        return verdict;
    }

    /**
     * Begins to look, again and again.
     *
     * @param found what a look at the whole chain has shown before
     */
    void begin(Verdict found) {
        conclude(found);
        time.after(PAUSE, this::look);
    }

    private void look() {
        try {
            slice();
        } finally {
            time.after(PAUSE, this::look);
        }
    }

    private void slice() {
        try {
            List<Block> blocks = node.page(next, SLICE);
            for (Block block : blocks) {
                Verdict found = verification.next(block);
                if (!found.isSound()) {
                    restart(found);
                    return;
                }
                next++;
            }
            if (next >= node.length()) {
                restart(compareHead(blocks));
            }
        } catch (DamagedBlockException e) {
            restart(Verdict.fault(e.index(), e.reason()));
        }
    }

    /** Somebody may have put in a whole other end, which is sound by itself. */
    private Verdict compareHead(List<Block> last) {
        Block head = node.head();
        boolean same = last.isEmpty() || last.get(last.size() - 1).equals(head);
        return same
                ? Verdict.SOUND
                : Verdict.fault(
                        head.index(),
                        "the last block must be the one that this node appended, " + head.hash() + ": curr_hash="
                                + last.get(last.size() - 1).hash());
    }

    private void restart(Verdict found) {
        verification = Verification.ofWholeChain();
        next = 0;
        conclude(found);
    }

    private void conclude(Verdict found) {
        if (!found.equals(verdict)) {
            if (found.isSound()) {
                LOG.info("The chain is sound again");
            } else {
                LOG.error("The chain is not sound: {}", found);
            }
        }
        verdict = found;
    }
}
