package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.original.OriginalNode;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Stock nodes of the original in a network that decides by ballots. */
class OriginalAsReaderTest {
    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    @Test
    void anOriginalIsSentEveryBlockFromBeforeItJoinedAndAfter() throws Exception {
        LiveNode a = majority(Optional.empty());
        LiveNode b = majority(Optional.of(a));
        add(a, "before");
        OriginalNode original = joining(a, b);

        for (int i = 0; i < 10; i++) {
            add(i % 2 == 0 ? a : b, "after " + i);
        }

        await().untilAsserted(() ->
                assertThat(original.hashes()).hasSize(12).isEqualTo(hashes(a)).isEqualTo(hashes(b)));
    }

    @Test
    void originalsAreNotCountedForTheQuorum() throws Exception {
        LiveNode a = majority(Optional.empty());
        LiveNode b = majority(Optional.of(a));
        OriginalNode first = joining(a, b);
        OriginalNode second = joining(a, b);
        OriginalNode third = joining(a, b);
        List<OriginalNode> originals = List.of(first, second, third);
        add(b, "all are there");
        await().untilAsserted(() -> assertThat(originals)
                .allSatisfy(each -> assertThat(each.hashes()).isEqualTo(hashes(b))));

        originals.forEach(OriginalNode::close);
        add(b, "of five nodes two are there, of two members both");
        a.close();
        Client.Answer alone = new Client(b.port()).add("of two members one is there");

        assertThat(alone.isAdded()).as("%s", alone).isFalse();
        assertThat(hashes(b)).hasSize(3);
    }

    @Test
    void anOriginalIsShownAsNoMember() throws Exception {
        LiveNode a = majority(Optional.empty());
        LiveNode b = majority(Optional.of(a));
        OriginalNode original = joining(a, b);

        JsonNode peers = new Client(b.port()).get("/peers?detail=true").body().get("data");

        assertThat(peers.get(original.id).get("member").asBoolean()).isFalse();
        assertThat(peers.get(a.id().text()).get("member").asBoolean()).isTrue();
    }

    @Test
    void anAddAtAnOriginalFailsThereAndHarmsNobody() throws Exception {
        LiveNode a = majority(Optional.empty());
        LiveNode b = majority(Optional.of(a));
        OriginalNode original = joining(a, b);
        add(a, "first");
        await().untilAsserted(() -> assertThat(original.hashes()).hasSize(2));

        assertThat(original.add("of the original")).isFalse();

        assertThat(original.hashes()).hasSize(2);
        add(b, "second");
        await().untilAsserted(() ->
                assertThat(original.hashes()).hasSize(3).isEqualTo(hashes(a)).isEqualTo(hashes(b)));
    }

    /** Enough originals agree among themselves; the chain of the members stays what the members decided. */
    @Test
    void whatOriginalsAgreeOnIsNotInTheChainOfTheMembers() throws Exception {
        LiveNode a = majority(Optional.empty());
        LiveNode b = majority(Optional.of(a));
        OriginalNode first = joining(a, b);
        joining(a, b);
        joining(a, b);
        OriginalNode fourth = joining(a, b);
        await().untilAsserted(() -> assertThat(first.peerIds()).hasSize(5));

        assertThat(first.add("of the originals")).isTrue();
        add(a, "of the members");

        await().untilAsserted(() -> assertThat(hashes(b)).isEqualTo(hashes(a)));
        assertThat(new Client(a.port()).texts()).containsExactly("of the members");
        assertThat(fourth.hashes()).isEqualTo(first.hashes()).hasSize(2).isNotEqualTo(hashes(a));
    }

    @Test
    void aNodeThatJoinsAnOriginalIsToldThatThatMakesItNoMember() throws Exception {
        OriginalNode original = nodes.closing(OriginalNode.alone());
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("PROTOCOL_PROCESSOR");
        Level level = logger.getLevel();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try {
            majority(Optional.of(LiveNodes.at(original.port)), Optional.of(new PeerId(original.id)));

            await().untilAsserted(() -> assertThat(List.copyOf(log.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains(original.id + " at 127.0.0.1:" + original.port + " is a node of the older Python system,"
                            + " which has no members: start all nodes of this program with --consensus naive, or join one"
                            + " of them; trying again in 1 s"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(level);
        }
    }

    private static void add(LiveNode node, String text) {
        await().untilAsserted(() -> {
            Client.Answer answer = new Client(node.port()).add(text);
            assertThat(answer.isAdded()).as("%s", answer).isTrue();
        });
    }

    private static List<String> hashes(LiveNode node) {
        return new Client(node.port()).hashes();
    }

    private OriginalNode joining(LiveNode member, LiveNode other) {
        OriginalNode original = nodes.closing(OriginalNode.joining(member.id().text(), member.port()));
        await().untilAsserted(
                        () -> assertThat(new Client(other.port()).peerIds()).contains(original.id));
        return original;
    }

    private LiveNode majority(Optional<LiveNode> member) throws StartFailure {
        return majority(member.map(node -> LiveNodes.at(node.port())), Optional.empty());
    }

    private LiveNode majority(Optional<PeerAddress> peer, Optional<PeerId> id) throws StartFailure {
        return nodes.closing(
                LiveNode.start(LiveNodes.options("127.0.0.1", 0, peer, id, 2, Consensus.MAJORITY, Optional.empty())));
    }
}
