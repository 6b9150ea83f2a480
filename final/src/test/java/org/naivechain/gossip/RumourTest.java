package org.naivechain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.gossip.Rumour.State;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class RumourTest {
    private static final Hash OTHER = Block.GENESIS.next(BlockData.of("x")).hash();

    private static Rumour rumour(long incarnation, State state, long length, long version) {
        return new Rumour(
                new PeerId("a"),
                new PeerAddress("127.0.0.1", 15001),
                incarnation,
                state,
                new Height(length, version, length == 1 ? Block.GENESIS.hash() : OTHER));
    }

    @ParameterizedTest
    @CsvSource({
        // heard, known, believed: incarnation, state, length
        "0, SUSPECT, 1,   0, ALIVE, 1,    0, SUSPECT, 1",
        "0, GONE, 1,      0, SUSPECT, 1,  0, GONE, 1",
        "0, ALIVE, 1,     0, SUSPECT, 1,  0, SUSPECT, 1",
        "0, ALIVE, 1,     0, GONE, 1,     0, GONE, 1",
        "1, ALIVE, 1,     0, SUSPECT, 1,  1, ALIVE, 1",
        "1, ALIVE, 1,     0, GONE, 1,     1, ALIVE, 1",
        "0, GONE, 1,      1, ALIVE, 1,    1, ALIVE, 1",
        // The longer chain counts, whoever is right about the rest; but a new incarnation may have lost blocks.
        "0, ALIVE, 5,     0, SUSPECT, 1,  0, SUSPECT, 5",
        "0, SUSPECT, 1,   0, ALIVE, 5,    0, SUSPECT, 5",
        "1, ALIVE, 1,     0, ALIVE, 5,    1, ALIVE, 1",
        "0, ALIVE, 9,     1, ALIVE, 5,    1, ALIVE, 5",
    })
    void theHigherIncarnationIsRightAndOfOneTheWorseState(
            long incarnation,
            State state,
            long length,
            long knownIncarnation,
            State knownState,
            long knownLength,
            long believedIncarnation,
            State believedState,
            long believedLength) {
        assertThat(rumour(incarnation, state, length, 0).over(rumour(knownIncarnation, knownState, knownLength, 0)))
                .isEqualTo(rumour(believedIncarnation, believedState, believedLength, 0));
    }

    @Test
    void ofChainsOfOneLengthTheLaterVersionCounts() {
        assertThat(rumour(0, State.ALIVE, 2, 3)
                        .over(rumour(0, State.ALIVE, 2, 2))
                        .height()
                        .version())
                .isEqualTo(3);
        assertThat(rumour(0, State.ALIVE, 2, 1)
                        .over(rumour(0, State.ALIVE, 2, 2))
                        .height()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void whatSaysNothingNewChangesNothing() {
        Rumour known = rumour(1, State.SUSPECT, 2, 0);

        assertThat(rumour(1, State.ALIVE, 1, 0).over(known)).isSameAs(known);
        assertThat(rumour(0, State.GONE, 9, 9).over(known)).isSameAs(known);
    }
}
