package org.naivechain.consensus.work;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.ledger.BlockRules;
import org.naivechain.protocol.IdempotencyKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an attempt of a miner takes, and the check of a mined block, beside a bare SHA-256 of the same bytes. */
@State(Scope.Thread)
public class MiningBenchmark {
    private static final int BLOCKS = 64;

    @Param({"16", "1000"})
    private int bytes;

    private MessageDigest sha256;
    private byte[] contents;
    private Candidate.Attempts attempts;
    private final List<Block> chain = new ArrayList<>();
    private WorkRules rules;
    private long nonce = 1L << 40;

    @Setup
    public void prepare() throws NoSuchAlgorithmException {
        Difficulty difficulty = Difficulty.of(Duration.ofSeconds(2), 1);
        Optional<IdempotencyKey> key =
                Optional.of(IdempotencyKey.ofNode("36c5f5c1-57b5-47e0-ae40-4ccdf150fed1.151cf36d6e01baf4", 1));
        Candidate candidate = new Candidate(Block.GENESIS, BlockData.of("x".repeat(bytes)), key, 1, difficulty.first());
        sha256 = MessageDigest.getInstance("SHA-256");
        attempts = candidate.attempts();
        MinedChain mined = new MinedChain(difficulty, 1);
        for (int i = 0; i < BLOCKS; i++) {
            chain.add(mined.next("x".repeat(bytes)));
        }
        Block block = chain.get(BLOCKS - 1);
        contents = (block.previousHash().text()
                        + block.data().literal()
                        + block.seal().map(Seal::text).orElseThrow())
                .getBytes(StandardCharsets.US_ASCII);
        rules = new WorkRules(difficulty, InstantSource.system());
    }

    @Benchmark
    public byte[] bareHash() {
        return sha256.digest(contents);
    }

    @Benchmark
    public boolean attempt() {
        return attempts.meets(nonce++);
    }

    /** As a chain is verified: link, hash, and seal of each block. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public Verdict verification() {
        BlockRules.Check seals = rules.check((index, limit) -> List.of(Block.GENESIS));
        Verification links = Verification.after(Block.GENESIS);
        Verdict verdict = Verdict.SOUND;
        for (int i = 0; i < BLOCKS && verdict.isSound(); i++) {
            verdict = links.next(chain.get(i));
            verdict = verdict.isSound() ? seals.next(chain.get(i)) : verdict;
        }
        return verdict;
    }
}
