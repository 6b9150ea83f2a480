package org.naivechain.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Verifying a long chain, and beside it the hashing of the same bytes, which no verification can be faster than. In blocks. */
@State(Scope.Benchmark)
public class VerifyBenchmark {
    private static final int BLOCKS = 100_000;

    private Chain chain;
    private byte[][] hashedBytes;
    private MessageDigest sha256;

    @Setup
    public void prepare() throws NoSuchAlgorithmException {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));
        while (blocks.size() < BLOCKS) {
            Block last = blocks.get(blocks.size() - 1);
            blocks.add(last.next(BlockData.of("data of the block " + blocks.size())));
        }
        MemoryBlockStore store = new MemoryKeptBlocks();
        store.write(0, blocks);
        chain = KeptChain.over(store);
        hashedBytes = blocks.stream()
                .map(block ->
                        (block.previousHash().text() + block.data().literal()).getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        sha256 = MessageDigest.getInstance("SHA-256");
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public Verdict chain() {
        Verdict verdict = chain.verify();
        if (!verdict.isSound()) {
            throw new IllegalStateException("the chain must be sound: " + verdict);
        }
        return verdict;
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public void bareSha256(Blackhole hole) {
        for (byte[] bytes : hashedBytes) {
            hole.consume(sha256.digest(bytes));
        }
    }
}
