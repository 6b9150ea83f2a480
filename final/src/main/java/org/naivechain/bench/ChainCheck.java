package org.naivechain.bench;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;

/**
 * Whether all nodes have the same chain in the end, and in it, exactly once, every add that was acknowledged. Reads the chains
 * page by page, so that only one page of each is in memory. For one thread.
 */
final class ChainCheck {
    /** What is said of the chains, and whether it is good. */
    record Verdict(boolean isGood, String words) {}

    private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE_BLOCKS = 1_000;
    /** A page must stay well below the longest JSON document that is read. */
    private static final int PAGE_CHARS = 2 * 1024 * 1024;

    private static final int BLOCK_CHARS = 250;

    private final List<? extends Chain> chains;
    private final List<BitSet> acknowledged;
    private final List<BitSet> found;
    private final int page;
    private long twice;

    /** A node's chain, as it can be read from outside. */
    interface Chain {
        String name();

        Optional<Long> length() throws InterruptedException;

        List<Block> page(long from, long limit) throws BenchFailure, InterruptedException;
    }

    /**
     * A check.
     *
     * @param chains the chain of every node
     * @param acknowledged for each client the numbers of its acknowledged adds
     * @param bytes how long each text is
     */
    ChainCheck(List<? extends Chain> chains, List<BitSet> acknowledged, int bytes) {
        this.chains = chains;
        this.acknowledged = acknowledged;
        this.found = Stream.generate(BitSet::new).limit(acknowledged.size()).toList();
        this.page = Math.max(1, Math.min(PAGE_BLOCKS, PAGE_CHARS / (bytes + BLOCK_CHARS)));
    }

    Verdict run() throws BenchFailure, InterruptedException {
        return run(CATCH_UP_PATIENCE);
    }

    Verdict run(Duration patience) throws BenchFailure, InterruptedException {
        Optional<Long> length = Waiting.until(patience, this::commonLength);
        if (length.isEmpty()) {
            return new Verdict(false, "differ: after " + patience.toSeconds() + " s " + lengths());
        }
        for (long from = 0; from < length.get(); from += page) {
            Optional<Verdict> difference = compare(from, Math.min(page, length.get() - from));
            if (difference.isPresent()) {
                return difference.get();
            }
        }
        return judge(length.get());
    }

    private Optional<Long> commonLength() throws InterruptedException {
        Optional<Long> first = chains.get(0).length();
        for (Chain chain : chains) {
            if (!chain.length().equals(first)) {
                return Optional.empty();
            }
        }
        return first;
    }

    private String lengths() throws InterruptedException {
        StringBuilder lengths = new StringBuilder();
        for (Chain chain : chains) {
            lengths.append(lengths.isEmpty() ? "" : ", ")
                    .append(chain.name())
                    .append(chain.length()
                            .map(length -> " has " + length + " blocks")
                            .orElse(" tells of no sound chain"));
        }
        return lengths.toString();
    }

    private Optional<Verdict> compare(long from, long limit) throws BenchFailure, InterruptedException {
        List<Block> expected = chains.get(0).page(from, limit);
        for (Chain chain : chains.subList(1, chains.size())) {
            List<Block> blocks = chain.page(from, limit);
            if (!blocks.equals(expected)) {
                return Optional.of(new Verdict(
                        false,
                        "differ: " + chain.name() + " has another block " + (from + firstDifference(expected, blocks))
                                + " than " + chains.get(0).name()));
            }
        }
        if (expected.size() != limit) {
            throw new BenchFailure("all nodes have " + expected.size() + " blocks from " + from + " on, not " + limit);
        }
        for (Block block : expected) {
            Datum.of(block.data().text()).ifPresent(this::count);
        }
        return Optional.empty();
    }

    private static int firstDifference(List<Block> some, List<Block> others) {
        int i = 0;
        while (i < some.size() && i < others.size() && some.get(i).equals(others.get(i))) {
            i++;
        }
        return i;
    }

    private void count(Datum datum) {
        BitSet ofClient = found.get(datum.client());
        twice += ofClient.get(datum.number()) ? 1 : 0;
        ofClient.set(datum.number());
    }

    private Verdict judge(long length) {
        long missing = 0;
        long unacknowledged = 0;
        for (int i = 0; i < found.size(); i++) {
            missing += without(acknowledged.get(i), found.get(i));
            unacknowledged += without(found.get(i), acknowledged.get(i));
        }
        String more = unacknowledged == 0 ? "" : "; " + unacknowledged + " adds that seemed to fail are in them, too";
        if (missing == 0 && twice == 0) {
            return new Verdict(
                    true, "agree on " + length + " blocks, and every acknowledged add is in them once" + more);
        }
        return new Verdict(
                false,
                "agree on " + length + " blocks, but " + missing + " acknowledged adds are missing and " + twice
                        + " are there more than once" + more);
    }

    private static long without(BitSet some, BitSet others) {
        BitSet rest = (BitSet) some.clone();
        rest.andNot(others);
        return rest.cardinality();
    }
}
