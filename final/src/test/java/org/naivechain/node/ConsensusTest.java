package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.majority.BallotReply;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

class ConsensusTest {
    private static final Peer PROPOSER = new Peer(new PeerId("b"), LiveNodes.at(15003));

    @Test
    void onlyTheMajorityVotesByBallots() {
        Command prepare = new BallotCommand.Prepare(new Ballot(1, PROPOSER.id()), new Position(1, 1));

        assertThat(answer(Consensus.MAJORITY, prepare)).isInstanceOf(BallotReply.Promised.class);
        assertThat(node(Consensus.NAIVE)
                        .codec()
                        .decode(node(Consensus.MAJORITY).codec().encode(prepare)))
                .isEqualTo(new Request.Malformed("unknown CMD: \"PREPARE\"", OptionalLong.empty()));
    }

    @Test
    void isCalledAsItIsOnTheCommandLine() {
        assertThat(Consensus.MAJORITY).hasToString("majority");
        assertThat(Consensus.NAIVE).hasToString("naive");
    }

    private static Reply answer(Consensus consensus, Command command) {
        List<Reply> answers = new ArrayList<>();
        node(consensus).receive(() -> "127.0.0.1", command, answers::add);
        return answers.get(0);
    }

    private static Node node(Consensus consensus) {
        Node.Stores memory = Node.Stores.inMemory();
        PeerStore peers = memory.peers();
        peers.write(List.of(PROPOSER));
        Node node = new Node(
                new Peer(new PeerId("a"), LiveNodes.at(15001)),
                memory,
                new Node.Ports(
                        // It answers at once, when it is asked how far this node was.
                        (to, asked, then) -> then.accept(new BallotReply.Identified(PROPOSER.id(), 1, Position.START)),
                        new VirtualTime(),
                        new Random(1)),
                consensus.engine(1),
                name -> NOPLogger.NOP_LOGGER);
        return node;
    }
}
