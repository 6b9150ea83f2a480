package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.WireFormat;

class PeerAddressTest {
    @Test
    void writesThePortAsTextLikeTheOriginal() {
        assertThat(WireFormat.mapper().writeValueAsString(new PeerAddress("127.0.0.1", 15001)))
                .isEqualTo("{\"host\":\"127.0.0.1\",\"port\":\"15001\"}");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:15001, 127.0.0.1", "localhost:15001, localhost", "[::1]:15001, ::1"})
    void readsWhatItWrites(String text, String host) {
        PeerAddress address = PeerAddress.parse(text);

        assertThat(address).isEqualTo(new PeerAddress(host, 15001)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15001",
                ":15001",
                "host",
                "host:",
                "host:0",
                "host:65536",
                "host:-1",
                "host:1x",
                "ho st:1",
                "a/b:1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerAddress.parse(text));
    }

    @Test
    void takesTheCallersHostInPlaceOfTheWildcard() {
        assertThat(new PeerAddress("0.0.0.0", 1).seenFrom("10.0.0.7")).hasToString("10.0.0.7:1");
        assertThat(new PeerAddress("::", 1).seenFrom("fe80::7")).hasToString("[fe80::7]:1");
        assertThat(new PeerAddress("10.0.0.8", 1).seenFrom("10.0.0.7")).hasToString("10.0.0.8:1");
    }

    @Test
    void newIdsAreRandomUuidsOfVersion4() {
        assertThat(PeerId.random(new Random(1)).text())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isEqualTo(PeerId.random(new Random(1)).text())
                .isNotEqualTo(PeerId.random(new Random(2)).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "é", "<script>", "a\n"})
    void refusesWhatIsNoId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerId(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerId("x".repeat(65)));
    }
}
