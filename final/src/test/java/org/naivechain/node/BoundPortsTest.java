package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.rpc.Defence;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;

class BoundPortsTest {
    @Test
    void twoPortsInARowAreFoundThoughANeighbourIsTaken() throws Exception {
        List<Integer> tried = new ArrayList<>();
        List<RpcServer> made = new ArrayList<>();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket somebody = new ServerSocket(0, 50, loopback)) {
            BoundPorts ports = BoundPorts.bindAny(loopback.getHostAddress(), 10, port -> {
                tried.add(port);
                int at = tried.size() == 1 ? somebody.getLocalPort() : port;
                made.add(new RpcServer(new InetSocketAddress(loopback, at), Limits.DEFAULT, Gate.OPEN, Defence.NONE));
                return made.get(made.size() - 1);
            });

            assertThat(tried).hasSizeGreaterThan(1);
            assertThat(made).containsExactly(ports.rpc());
            assertThat(ports.http().port()).isEqualTo(ports.rpc().port() + 1);
            ports.close();
        }
    }
}
