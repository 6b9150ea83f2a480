package org.naivechain.node;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;

/**
 * Verifies the chain as it lies in its store, over and over, a slice every second, so that a block that somebody alters is
 * found while the node runs, and has it repaired. A long chain takes a while: 1,000,000 blocks take about an hour. After a
 * fault it hurries, as there may be more. For the node's thread only.
 */
public final class HealthCheck {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration HURRY = Duration.ofMillis(10);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);
    private static final int SLICE = 250;

    private final Node node;
    private final Time time;
    private final Logger log;
    private Verdict verdict = Verdict.SOUND;
    private Verification verification = Verification.ofWholeChain();
    private long next;
    private Duration patience = PAUSE;

    /** A check that has not begun. */
    public HealthCheck(Node node, Time time, Logger log) {
        this.node = node;
        this.time = time;
        this.log = log;
    }

    /** {@return what the last look at each block has shown; a fault also if the end of the chain is lost} */
    Verdict verdict() {
        return node.lostEnd().isPresent()
                ? Verdict.fault(node.length(), "the end of the chain, from this block on, is lost")
                : verdict;
    }

    /** Begins to look, again and again, given what a look at the whole chain has shown before. */
    public void begin(Verdict found) {
        concluded(found);
    }

    private void look() {
        Verdict found;
        try {
            found = slice();
        } catch (RuntimeException e) {
            later(PAUSE);
            throw e;
        }
        if (!found.isSound()) {
            concluded(found);
        } else if (next >= node.length()) {
            restart(0);
            concluded(found);
        } else {
            later(verdict.isSound() ? PAUSE : HURRY);
        }
    }

    private Verdict slice() {
        try {
            List<Block> blocks = node.page(next, SLICE);
            for (Block block : blocks) {
                Verdict found = verification.next(block);
                if (!found.isSound()) {
                    return found;
                }
                next++;
            }
            return next >= node.length() ? compareHead(blocks) : Verdict.SOUND;
        } catch (DamagedBlockException e) {
            return Verdict.fault(e.index(), e.reason());
        }
    }

    /** Somebody may have put in a whole other end, which is sound by itself. */
    private Verdict compareHead(List<Block> last) {
        Block head = node.head();
        return last.isEmpty() || last.get(last.size() - 1).equals(head)
                ? Verdict.SOUND
                : Verdict.fault(
                        head.index(),
                        "the last block must be the one that this node appended, " + head.hash() + ": curr_hash="
                                + last.get(last.size() - 1).hash());
    }

    private void restart(long from) {
        next = from > node.length() ? 0 : from;
        try {
            verification = next == 0
                    ? Verification.ofWholeChain()
                    : Verification.after(node.page(next - 1, 1).get(0));
        } catch (DamagedBlockException e) {
            restart(0);
        }
    }

    private void later(Duration pause) {
        time.after(pause, this::look);
    }

    private void concluded(Verdict found) {
        if (!found.equals(verdict)) {
            if (found.isSound()) {
                log.info("The chain is sound again");
            } else {
                log.error("The chain is not sound: {}", found);
            }
        }
        verdict = found;
        if (found instanceof Verdict.Fault fault) {
            node.mend(fault, from -> mended(fault, from));
        } else {
            patience = PAUSE;
            later(PAUSE);
        }
    }

    /** What is before the fault was verified a moment ago; what is behind it was not. */
    private void mended(Verdict.Fault fault, OptionalLong from) {
        restart(from.orElse(fault.index()));
        if (from.isPresent()) {
            patience = PAUSE;
            later(HURRY);
        } else {
            later(patience);
            patience = Collections.min(List.of(patience.multipliedBy(2), LAST_PAUSE));
        }
    }
}
