package org.naivechain.benchmarks;

import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to hash one block. */
@State(Scope.Benchmark)
public class HashBenchmark {
    @Param({"32", "1000"})
    private int bytes;

    private BlockData data;

    @Setup
    public void prepare() {
        data = BlockData.of("x".repeat(bytes));
    }

    @Benchmark
    public Hash ofBlock() {
        return Hash.of(Block.GENESIS.hash(), data);
    }
}
