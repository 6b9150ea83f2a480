package org.naivechain.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.websocket.Gate;

class OriginCheckTest {
    private static final Optional<String> ADVERTISED = Optional.of("node.example:443");

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:15001",
        "127.0.0.1, 0.0.0.0:15001",
        "127.0.0.1, localhost:15001",
        "::1, [::1]:15001",
        "::1, [0:0:0:0:0:0:0:1]:15001",
        "::1, localhost:15001",
        "192.0.2.7, 192.0.2.7:15001",
        "172.17.0.2, node.example:443",
    })
    void aCallerThatNamesTheAddressThatItCallsIsANode(String local, String host) {
        assertThat(objection(local, "http://" + host, host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // The page of another, whatever it calls the node.
        "127.0.0.1, http://evil.example, 127.0.0.1:15001",
        "127.0.0.1, http://127.0.0.1:8080, 127.0.0.1:15001",
        "127.0.0.1, http://localhost:15001, 127.0.0.1:15001",
        "127.0.0.1, https://127.0.0.1:15001, 127.0.0.1:15001",
        "127.0.0.1, null, 127.0.0.1:15001",
        "127.0.0.1, '', 127.0.0.1:15001",
        "127.0.0.1, http://127.0.0.1:15001; http://evil.example, 127.0.0.1:15001",
        // DNS rebinding: a name that was made to point here.
        "127.0.0.1, http://evil.example:15001, evil.example:15001",
        "127.0.0.1, http://localhost.evil.example:15001, localhost.evil.example:15001",
        "127.0.0.1, http://127.0.0.1.evil.example:15001, 127.0.0.1.evil.example:15001",
        "127.0.0.1, http://999.0.0.1:15001, 999.0.0.1:15001",
        "127.0.0.1, http://[evil]:15001, [evil]:15001",
        "127.0.0.1, http://, ''",
        // The address of another.
        "127.0.0.1, http://127.0.0.1:15003, 127.0.0.1:15003",
        "127.0.0.1, http://127.0.0.1:99999, 127.0.0.1:99999",
        "127.0.0.1, http://127.0.0.1, 127.0.0.1",
        "127.0.0.1, http://192.0.2.7:15001, 192.0.2.7:15001",
        "192.0.2.7, http://0.0.0.0:15001, 0.0.0.0:15001",
        "192.0.2.7, http://localhost:15001, localhost:15001",
        "172.17.0.2, http://node.example, node.example",
    })
    void everyOtherOriginIsThatOfAWebPage(String local, String origin, String host) {
        assertThat(objection(local, origin, host))
                .contains("web pages must not talk to a node: Origin " + origin + ", Host " + host);
    }

    @Test
    void aPortThatIsNotNamedIs80() {
        Gate.Head request = request("http://127.0.0.1", "127.0.0.1", new InetSocketAddress("127.0.0.1", 80));

        assertThat(OriginCheck.objection(request, Optional.empty())).isEmpty();
    }

    private static Optional<String> objection(String local, String origin, String host) {
        return OriginCheck.objection(request(origin, host, new InetSocketAddress(local, 15001)), ADVERTISED);
    }

    private static Gate.Head request(String origin, String host, InetSocketAddress local) {
        Map<String, String> fields = Map.of("Origin", origin, "Host", host);
        return new Gate.Head(name -> Optional.ofNullable(fields.get(name)), local, "");
    }
}
