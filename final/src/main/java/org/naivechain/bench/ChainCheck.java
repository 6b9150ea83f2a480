package org.naivechain.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;

/**
 * Whether all nodes have the same chain in the end, and in it, exactly once, every add that was acknowledged. Reads the chains
 * page by page, so that only one page of each is in memory. For one thread.
 */
final class ChainCheck {
    /** What is said of the chains, and whether it is good. */
    record Verdict(boolean isGood, String words) {}

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

    /** A check of all chains, with each client's acknowledged adds by number, and the bytes of each text. */
    ChainCheck(List<? extends Chain> chains, List<BitSet> acknowledged, int bytes) {
        this.chains = chains;
        this.acknowledged = acknowledged;
        this.found = Stream.generate(BitSet::new).limit(acknowledged.size()).toList();
        this.page = Math.max(1, Math.min(PAGE_BLOCKS, PAGE_CHARS / (bytes + BLOCK_CHARS)));
    }

    /** Waits so long for the chains to be equally long, and compares them. */
    Verdict run(Duration patience) throws BenchFailure, InterruptedException {
        Optional<Long> length = Waiting.until(patience, this::commonLength);
        if (length.isEmpty()) {
            return new Verdict(false, "differ: after " + patience.toSeconds() + " s " + lengths());
        }
        for (long from = 0; from < length.get(); from += page) {
            Optional<String> difference = compare(from, Math.min(page, length.get() - from));
            if (difference.isPresent()) {
                return new Verdict(false, "differ: " + difference.get());
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
        List<String> lengths = new ArrayList<>();
        for (Chain chain : chains) {
            Optional<String> has = chain.length().map(length -> " has " + length + " blocks");
            lengths.add(chain.name() + has.orElse(" tells of no sound chain"));
        }
        return String.join(", ", lengths);
    }

    private Optional<String> compare(long from, long limit) throws BenchFailure, InterruptedException {
        List<Block> expected = chains.get(0).page(from, limit);
        for (Chain chain : chains.subList(1, chains.size())) {
            List<Block> blocks = chain.page(from, limit);
            if (!blocks.equals(expected)) {
                return Optional.of(chain.name() + " has another block " + (from + firstDifference(expected, blocks))
                        + " than " + chains.get(0).name());
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
        int both = Math.min(some.size(), others.size());
        return IntStream.range(0, both)
                .filter(i -> !some.get(i).equals(others.get(i)))
                .findFirst()
                .orElse(both);
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
        boolean good = missing == 0 && twice == 0;
        String adds = good
                ? "and every acknowledged add is in them once"
                : "but " + missing + " acknowledged adds are missing and " + twice + " are there more than once";
        String more = unacknowledged == 0 ? "" : "; " + unacknowledged + " adds that seemed to fail are in them, too";
        return new Verdict(good, "agree on " + length + " blocks, " + adds + more);
    }

    private static long without(BitSet some, BitSet others) {
        BitSet rest = (BitSet) some.clone();
        rest.andNot(others);
        return rest.cardinality();
    }
}
