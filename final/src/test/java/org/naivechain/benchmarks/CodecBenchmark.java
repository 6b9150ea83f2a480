package org.naivechain.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.node.AllFramesTest;
import org.naivechain.protocol.Answer;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.sync.SyncReply;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing and reading what is sent most often, and what is longest. In blocks. */
@State(Scope.Benchmark)
public class CodecBenchmark {
    private static final int PAGE_BLOCKS = 1_000;
    private static final long ID = 7;

    private Command vote;
    private Reply page;

    @Setup
    public void prepare() {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));
        while (blocks.size() < PAGE_BLOCKS) {
            Block last = blocks.get(blocks.size() - 1);
            blocks.add(last.next(BlockData.of("data of the block " + blocks.size())));
        }
        vote = new PeerCommand.ValidateBlock(blocks.get(1));
        page = new SyncReply.Blocks(new PeerId("a"), blocks, PAGE_BLOCKS);
    }

    @Benchmark
    public Request validateBlock() {
        Request read = AllFramesTest.CODEC.decode(AllFramesTest.CODEC.encode(vote, ID));
        if (!(read instanceof Request.Understood)) {
            throw new IllegalStateException("the command must be understood: " + read);
        }
        return read;
    }

    @Benchmark
    @OperationsPerInvocation(PAGE_BLOCKS)
    public Answer blocks() {
        Answer read = AllFramesTest.CODEC.decodeReply(AllFramesTest.CODEC.encode(page, OptionalLong.of(ID)));
        if (!(read.outcome() instanceof SyncReply.Blocks)) {
            throw new IllegalStateException("the reply must be understood: " + read);
        }
        return read;
    }
}
