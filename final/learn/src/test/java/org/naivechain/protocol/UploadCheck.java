package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.learn.Explain;
import org.slf4j.helpers.NOPLogger;

/** Exercise 4.2: what a joiner does with what it is sent. */
class UploadCheck {
    private static final Peer MEMBER = new Peer(new PeerId("anna"), new PeerAddress("127.0.0.1", 15001));
    private static final Block FIRST = Block.GENESIS.next(BlockData.of("Testing String"));
    private static final Block SECOND = FIRST.next(BlockData.of("Testing String Again"));

    private final Chain chain = Chain.over(new MemoryBlockStore());
    private final PeerTable peers =
            new PeerTable(new Peer(new PeerId("bert"), new PeerAddress("127.0.0.1", 15003)), PeerStore.inMemory());
    private final List<String> accused = new ArrayList<>();
    private final List<JoinOutcome> outcomes = new ArrayList<>();
    private Optional<Reply.Refusal> objection = Optional.empty();
    private Consumer<Outcome> member = outcome -> {};
    private final JoinClient joiner = joiner();

    private final Sender sender = new Sender() {
        @Override
        public String host() {
            return "10.0.0.9";
        }

        @Override
        public void accuse(Misbehaviour what, String detail) {
            accused.add(what.name());
        }
    };

    @Test
    @DisplayName("An upload that nobody asked for is refused")
    void anUploadThatNobodyAskedForIsRefused() {
        Explain.same(
                new Reply.Refusal("no upload was asked for"),
                joiner.receive(sender, upload(Block.GENESIS, FIRST, SECOND)),
                "A stranger sends a chain of 3 blocks to a node that has not asked to join anything.",
                "The blocks are sound, but so is any chain that anybody makes at home. Rule 1: asked for.");
        unchanged("after an upload that nobody asked for");
    }

    @Test
    @DisplayName("A sound upload is acknowledged, and taken over when the member has acknowledged the join")
    void aSoundUploadIsTakenAfterTheAcknowledgement() {
        join();
        Explain.same(
                Reply.ACK,
                joiner.receive(sender, upload(Block.GENESIS, FIRST, SECOND)),
                "The member sends the 3 blocks of its chain, all sound, and one peer.",
                "It was asked for, it is sound, and nobody objects.");
        unchanged("before the member has acknowledged the join");
        member.accept(Reply.ACK);
        Explain.same(
                3L,
                chain.length(),
                "The member has acknowledged the join; blocks in the joiner's chain.",
                "conclude takes over what you keep in underWay.get().upload.");
        Explain.same(
                List.of("anna at 127.0.0.1:15001", "cleo at 10.0.0.9:15005"),
                peers.peers().stream().map(Peer::toString).toList(),
                "The upload listed cleo at 0.0.0.0:15005, and came from 10.0.0.9; peers of the joiner.",
                "conclude registers what you keep in underWay.get().introduceTo. 0.0.0.0 says \"where you see me\":"
                        + " upload.peers(sender.host()) puts the sender's host in its place.");
    }

    @Test
    @DisplayName("A member that refuses in the end leaves nothing behind")
    void aRefusedJoinLeavesNothing() {
        join();
        joiner.receive(sender, upload(Block.GENESIS, FIRST, SECOND));
        member.accept(new Reply.Refusal("changed my mind"));
        unchanged("after the member has sent a sound upload and then refused the join");
    }

    @Test
    @DisplayName("A forged block is refused, and its sender is accused")
    void aForgedBlockIsRefused() {
        join();
        Block forged = FIRST.tampered(BlockData.of("All money to me"));
        Block another = SECOND.tampered(BlockData.of("All money to me"));
        Reply reply = joiner.receive(sender, upload(Block.GENESIS, forged, another));
        Explain.that(
                reply instanceof Reply.Refusal refusal && refusal.reason().startsWith("block 1: curr_hash must be"),
                "The texts of the blocks 1 and 2 were changed and their hashes were kept. The answer is: " + reply,
                "transfer.check finds it. The reason is the fault, so that the member learns what is wrong with its"
                        + " chain.");
        Explain.same(
                List.of("FORGED_BLOCK"),
                accused,
                "What the sender of two blocks with wrong hashes was accused of: once for the whole upload.",
                "No honest node sends such a block: a hash can be checked by everybody. The finished node shuts out"
                        + " nodes that do.");
        member.accept(Reply.ACK);
        Explain.same(
                1L,
                chain.length(),
                "The member acknowledges the join although its upload was refused; blocks in the joiner's chain.",
                "What was refused must not be kept.");
    }

    @Test
    @DisplayName("A forged block counts first, whatever the policy says")
    void aForgedBlockCountsBeforeThePolicy() {
        objection = Optional.of(new Reply.Refusal("not from there"));
        join();
        Block forged = FIRST.tampered(BlockData.of("All money to me"));
        Reply reply = joiner.receive(sender, upload(Block.GENESIS, forged));
        Explain.that(
                reply instanceof Reply.Refusal refusal && refusal.reason().startsWith("block 1: curr_hash must be"),
                "Block 1 of the upload is forged, and policy.objection has a refusal, too. The answer is: " + reply,
                "Rule 2 comes before rule 3: what is wrong with the blocks matters more than who sends them.");
        Explain.same(
                List.of("FORGED_BLOCK"),
                accused,
                "What its sender was accused of.",
                "A forger must not get away because the policy refuses it as well.");
    }

    @Test
    @DisplayName("A forged block is told on, also behind the place where the chains part")
    void aForgedBlockBehindTheDifference() {
        chain.append(chain.next(BlockData.of("mine")));
        join();
        Reply reply =
                joiner.receive(sender, upload(Block.GENESIS, FIRST, SECOND.tampered(BlockData.of("All money to me"))));
        Explain.that(
                reply instanceof Reply.Refusal refusal && refusal.reason().startsWith("block 1: the chains differ"),
                "The joiner has another block 1 than the upload, whose block 2 is forged. The answer is: " + reply,
                "transfer.check names the first fault.");
        Explain.same(
                List.of("FORGED_BLOCK"),
                accused,
                "What the sender was accused of.",
                "The first fault is not the forgery. Look at all blocks of the upload.");
    }

    @Test
    @DisplayName("A chain that differs is refused, and nobody is accused")
    void aChainThatDiffersIsNoCrime() {
        chain.append(chain.next(BlockData.of("mine")));
        join();
        Reply reply = joiner.receive(sender, upload(Block.GENESIS, FIRST));
        Explain.that(
                reply instanceof Reply.Refusal refusal && refusal.reason().startsWith("block 1: the chains differ"),
                "The joiner has block 1 \"mine\", the member another block 1. The answer is: " + reply,
                "The joiner must not lose what it has without a word. The fault says where the chains part.");
        Explain.same(
                List.of(),
                accused,
                "What the sender of another sound chain was accused of.",
                "Its hashes are right. Two networks can begin with the same genesis block and both be honest.");
    }

    @Test
    @DisplayName("What the policy objects to is refused with its reason")
    void thePolicyMayObject() {
        objection = Optional.of(new Reply.Refusal("not from there"));
        join();
        Explain.same(
                objection.get(),
                joiner.receive(sender, upload(Block.GENESIS, FIRST)),
                "The upload is sound, and policy.objection has a refusal.",
                "Rule 3: that refusal is the answer. In this chapter nobody objects; the finished node does.");
        member.accept(Reply.ACK);
        unchanged("after an upload that the policy objects to");
    }

    private void join() {
        joiner.join(MEMBER, outcomes::add);
    }

    private void unchanged(String when) {
        Explain.same(
                1L,
                chain.length(),
                "Blocks in the joiner's chain " + when + ".",
                "receive checks and keeps. It takes nothing over: that is for conclude.");
        Explain.same(
                List.of(),
                peers.peers(),
                "Peers of the joiner " + when + ".",
                "receive checks and keeps. It registers nobody: that is for conclude.");
    }

    private static PeerCommand.JoinDataUpload upload(Block... blocks) {
        return new PeerCommand.JoinDataUpload(
                List.of(new PeerCommand.ListedPeer(new PeerId("cleo"), "0.0.0.0", new Port(15005), Optional.empty())),
                List.of(blocks),
                Optional.empty());
    }

    private JoinClient joiner() {
        Network network = (to, command, then) -> {
            if (command instanceof PeerCommand.NewPeerJoin) {
                member = then;
            }
        };
        Time time = new Time() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                return () -> {};
            }
        };
        NodeContext context = new NodeContext(chain, peers, network, time, NOPLogger.NOP_LOGGER);
        JoinPolicy policy = new OpenPolicy(context) {
            @Override
            public Optional<Reply.Refusal> objection(PeerCommand.JoinDataUpload upload) {
                return objection;
            }
        };
        return new JoinClient(context, policy, new WholeChain(context));
    }
}
