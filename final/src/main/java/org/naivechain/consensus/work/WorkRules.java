package org.naivechain.consensus.work;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockRules;
import org.naivechain.protocol.IdempotencyKey;

/**
 * When a mined block may stand in its place: its target is the one that follows from the blocks before, its hash does not exceed it,
 * and its time is later than half of the last {@value #TIMES} and not far ahead of this node's clock. For the node's thread only.
 */
public final class WorkRules implements BlockRules {
    static final int TIMES = 11;
    /** From the first block of an epoch to the first after it. */
    private static final int WINDOW = Difficulty.EPOCH + 1;

    private static final int BLOCKS_AHEAD = 12;
    private static final Duration LEAST_AHEAD = Duration.ofMinutes(1);

    private static final Pattern WORDS =
            Pattern.compile("proof of work, a block in ([1-9]\\d{0,11}) ms, ([1-9]\\d{0,17}) attempts at first");

    private final Difficulty difficulty;
    private final InstantSource clock;
    private final Duration ahead;

    /** Rules for blocks of a difficulty. */
    public WorkRules(Difficulty difficulty, InstantSource clock) {
        this.difficulty = difficulty;
        this.clock = clock;
        Duration some = difficulty.blockTime().multipliedBy(BLOCKS_AHEAD);
        ahead = some.compareTo(LEAST_AHEAD) < 0 ? LEAST_AHEAD : some;
    }

    /** {@return the same at all nodes of a network} */
    public static String inWords(Difficulty difficulty) {
        return "proof of work, a block in " + difficulty.blockTime().toMillis() + " ms, "
                + Difficulty.work(difficulty.first()) + " attempts at first";
    }

    /** {@return the rules that {@link #inWords} says, or nothing if a text says others} */
    public static Optional<BlockRules> ofWords(String words, InstantSource clock) {
        Matcher said = WORDS.matcher(words);
        return said.matches()
                ? Optional.of(new WorkRules(
                        Difficulty.of(Duration.ofMillis(Long.parseLong(said.group(1))), Long.parseLong(said.group(2))),
                        clock))
                : Optional.empty();
    }

    @Override
    public Optional<IdempotencyKey> key(Block block) {
        return seal(block).flatMap(WorkSeal::key);
    }

    @Override
    public boolean heavierWins() {
        return true;
    }

    @Override
    public BigInteger weight(Block block) {
        return seal(block).map(seal -> Difficulty.work(seal.target())).orElse(BigInteger.ZERO);
    }

    private static Optional<WorkSeal> seal(Block block) {
        return block.seal().flatMap(WorkSeal::parse);
    }

    @Override
    public Check check(Before before) {
        List<WorkSeal> window = new ArrayList<>();
        return block -> {
            if (window.isEmpty()) {
                window.addAll(sealsBefore(block.index(), before));
            }
            Optional<WorkSeal> seal = seal(block);
            if (seal.isEmpty()) {
                return fault(
                        block,
                        "seal must be one of proof of work: seal="
                                + block.seal().map(Seal::text).orElse("none"));
            }
            Verdict verdict = verdict(block, seal.get(), window);
            window.add(seal.get());
            if (window.size() > WINDOW) {
                window.remove(0);
            }
            return verdict;
        };
    }

    private static List<WorkSeal> sealsBefore(long index, Before before) {
        return before.last(index, WINDOW).stream()
                .flatMap(block -> seal(block).stream())
                .toList();
    }

    private Verdict verdict(Block block, WorkSeal seal, List<WorkSeal> before) {
        String target = target(block.index(), before);
        long earliest = earliest(before);
        long latest = clock.millis() + ahead.toMillis();
        if (!seal.target().equals(target)) {
            return fault(block, "target must be " + target + ": target=" + seal.target());
        }
        if (!Difficulty.meets(block.hash(), target)) {
            return fault(block, "curr_hash must not exceed the target " + target + ": curr_hash=" + block.hash());
        }
        if (seal.time() < earliest) {
            return fault(
                    block,
                    "time must be later than the median of the blocks before, at least " + earliest + ": time="
                            + seal.time());
        }
        if (seal.time() > latest) {
            return fault(
                    block,
                    "time must not be more than " + ahead.toSeconds() + " s ahead of this node's clock: time="
                            + seal.time());
        }
        return Verdict.SOUND;
    }

    private static Verdict fault(Block block, String reason) {
        return Verdict.fault(block.index(), reason);
    }

    /**
     * What a block is to be sealed with that follows those of a chain.
     *
     * @param target what its hash must not exceed
     * @param earliest the earliest time that it may say, in milliseconds since 1970
     */
    public record Terms(String target, long earliest) {}

    /** {@return the terms of the block with an index} */
    public Terms terms(long index, Before before) {
        List<WorkSeal> seals = sealsBefore(index, before);
        return new Terms(target(index, seals), earliest(seals));
    }

    private String target(long index, List<WorkSeal> before) {
        if (before.isEmpty()) {
            return difficulty.first();
        }
        WorkSeal last = before.get(before.size() - 1);
        if (!Difficulty.isAdjustedAt(index)) {
            return last.target();
        }
        WorkSeal first = before.get(before.size() - WINDOW);
        return difficulty.adjusted(last.target(), Duration.ofMillis(last.time() - first.time()));
    }

    /** Later than the median of the last times: no single miner can turn the clock back. */
    private static long earliest(List<WorkSeal> before) {
        int first = Math.max(0, before.size() - TIMES);
        long[] times = new long[before.size() - first];
        for (int i = 0; i < times.length; i++) {
            times[i] = before.get(first + i).time();
        }
        Arrays.sort(times);
        return times.length == 0 ? 0 : times[times.length / 2] + 1;
    }
}
