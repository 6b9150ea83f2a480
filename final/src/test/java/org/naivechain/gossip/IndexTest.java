package org.naivechain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class IndexTest {
    private static KnownNode member(int number, int port) {
        return new KnownNode(
                new Rumour(
                        new PeerId("n" + number),
                        GossipNetwork.at(port),
                        0,
                        Rumour.State.ALIVE,
                        GossipNetwork.height(1)),
                Instant.EPOCH);
    }

    @Test
    void findsWhatAMapFindsWhateverIsPutInAndTakenOut() {
        Random random = new Random(1);
        Index<PeerId> index = new Index<>(KnownNode::id);
        Map<PeerId, KnownNode> map = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            KnownNode member = member(random.nextInt(500), 1);
            if (random.nextInt(3) > 0) {
                index.put(member);
                map.put(member.id(), member);
            } else if (map.containsKey(member.id())) {
                index.remove(map.remove(member.id()));
            }
            PeerId wanted = new PeerId("n" + random.nextInt(500));
            assertThat(index.find(wanted)).isSameAs(map.get(wanted));
        }
        assertThat(map).allSatisfy((id, member) -> assertThat(index.find(id)).isSameAs(member));
    }

    @Test
    void whoTookThePlaceOfAnotherIsNotTakenOutWithIt() {
        Index<PeerAddress> index = new Index<>(KnownNode::address);
        KnownNode former = member(1, 15_001);
        KnownNode heir = member(2, 15_001);
        index.put(former);
        index.put(heir);

        index.remove(former);
        assertThat(index.find(heir.address())).isSameAs(heir);
    }
}
