package org.naivechain.simulation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.ledger.BlockRules;
import org.naivechain.node.Node;

/** Watches the chain of one machine from outside, block by block. For one thread. */
final class ChainWatch {
    private final Machine machine;
    private final List<Block> chain = new ArrayList<>();
    /** The weight of the chain up to each block. */
    private final List<BigInteger> weights = new ArrayList<>();

    private Optional<Node> watched = Optional.empty();

    /**
     * What has changed since the last look.
     *
     * @param givenUp how many blocks the node has replaced; 0 if its chain only grew
     * @param gained the blocks that are new
     * @param lighter whether the chain weighs less than before, although no block was lost that it gave up
     */
    record Change(int givenUp, List<Block> gained, boolean lighter) {
        static final Change NONE = new Change(0, List.of(), false);
    }

    ChainWatch(Machine machine) {
        this.machine = machine;
    }

    List<Block> chain() {
        return chain;
    }

    BigInteger weight() {
        return weights.isEmpty() ? BigInteger.ZERO : weights.get(weights.size() - 1);
    }

    /** {@return what has changed; a node that was started again begins with what its disk kept} */
    Change look() {
        Optional<Node> node = machine.node();
        if (node.isEmpty() || !chain.isEmpty() && node.equals(watched) && isHead(node.get())) {
            return Change.NONE;
        }
        boolean restarted = !node.equals(watched);
        watched = node;
        BigInteger before = weight();
        int common = (int) Math.min(chain.size(), node.get().length());
        while (common > 0 && differs(node.get(), common - 1, restarted)) {
            common--;
        }
        int givenUp = chain.size() - common;
        chain.subList(common, chain.size()).clear();
        weights.subList(common, weights.size()).clear();
        readFurther(node.get());
        return new Change(
                restarted ? 0 : givenUp,
                List.copyOf(chain.subList(common, chain.size())),
                !restarted && weight().compareTo(before) < 0 && !machine.disk().hasLostSince(common));
    }

    /**
     * What a node goes over to is sound: a block that cannot be read was there before, and lies below. After a start it may be any
     * block.
     */
    private boolean differs(Node node, int index, boolean restarted) {
        try {
            return !node.page(index, 1).get(0).equals(chain.get(index));
        } catch (DamagedBlockException e) {
            return restarted;
        }
    }

    /** Up to the end, or to a damaged block; what follows that is read when it has been repaired. */
    private void readFurther(Node node) {
        try {
            while (chain.size() < node.length()) {
                node.page(chain.size(), Integer.MAX_VALUE).forEach(this::append);
            }
        } catch (DamagedBlockException e) {
            // The next look goes on here.
        }
    }

    private boolean isHead(Node node) {
        return node.head() == chain.get(chain.size() - 1);
    }

    private void append(Block block) {
        BlockRules rules = machine.rules();
        weights.add(weight().add(rules.weight(block)));
        chain.add(block);
    }
}
