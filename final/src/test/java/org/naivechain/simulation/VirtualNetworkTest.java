package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.sync.SyncCommand;

class VirtualNetworkTest {
    private final VirtualTime time = new VirtualTime();
    private final VirtualNetwork network = new VirtualNetwork(time, new Random(1), new Trace(time, true), true);
    private final Peer a = new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001));
    private final PeerAddress b = new PeerAddress("127.0.0.1", 15003);
    private final List<Outcome> outcomes = new ArrayList<>();

    VirtualNetworkTest() {
        network.connect(a.address(), (host, command, answer) -> {});
    }

    @Test
    void framesBetweenTwoNodesArriveInOrder() {
        List<Long> heard = new ArrayList<>();
        network.connect(b, (host, command, answer) -> heard.add(((SyncCommand.GetBlocks) command).from()));

        for (int i = 0; i < 100; i++) {
            network.from(a).send(b, new SyncCommand.GetBlocks(i, 1, 0), outcomes::add);
        }
        time.advance(Duration.ofSeconds(1));

        assertThat(heard)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    }

    @Test
    void whatIsDueAtOneMomentHappensInTheOrderInWhichItWasAskedFor() {
        List<Integer> happened = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            time.after(Duration.ofMillis(5), () -> happened.add(number));
        }

        time.advance(Duration.ofMillis(5));

        assertThat(happened).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theReplyOfANodeThatCrashesIsLost() {
        connectB((host, command, answer) -> {
            answer.accept(Reply.ACK);
            network.crash(b);
        });

        time.advance(Duration.ofSeconds(11));

        assertThat(outcomes).containsExactly(new Outcome.Silence("no reply within 10000 ms"));
    }

    private void connectB(CommandHandler<Command> handler) {
        network.connect(b, handler);
        network.from(a).send(b, new PeerCommand.Ping(), outcomes::add);
    }

    @Test
    void aNodeThatIsCutOffIsNeitherHeardNorToldAnything() {
        List<Command> heard = new ArrayList<>();
        network.cutOff(a.address());
        connectB((host, command, answer) -> heard.add(command));

        time.advance(Duration.ofSeconds(11));

        assertThat(heard).isEmpty();
        assertThat(outcomes).hasSize(1).hasOnlyElementsOfType(Outcome.Silence.class);
    }
}
