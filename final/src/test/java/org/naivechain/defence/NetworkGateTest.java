package org.naivechain.defence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Stranger;
import org.naivechain.protocol.rpc.Defence;
import org.naivechain.protocol.rpc.OutsideAddress;
import org.naivechain.protocol.rpc.RpcClient;
import org.naivechain.protocol.rpc.RpcFixture;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import org.naivechain.websocket.Recorder;

class NetworkGateTest extends RpcFixture {
    NetworkGateTest() {
        super(PeerCommand.VOCABULARY);
    }

    @Test
    void aHandshakeFromAWebPageIsRefusedAndTold() throws IOException {
        Recorder server = new Recorder(true);
        PeerAddress address = new PeerAddress("127.0.0.1", listener(server).port());
        String reason = "web pages must not talk to a node: Origin http://evil.example, Host x";

        assertThat(handshake(address, "Origin: http://evil.example")).startsWith("HTTP/1.1 403 " + reason + "\r\n");

        assertThat(server.keptOut).containsExactly("127.0.0.1: " + reason);
        assertThat(server.refused).isEmpty();
        assertThat(server.opened).isEmpty();
    }

    /** As the WebSocket library of Python calls a node of the same machine. */
    @Test
    void aHandshakeWhoseOriginIsTheAddressOfThisListenerIsTaken() throws IOException {
        Recorder server = new Recorder(true);
        Listener listener = listener(server);
        String address = "0.0.0.0:" + listener.port();
        try (Socket node = new Socket("127.0.0.1", listener.port())) {
            node.setSoTimeout(10_000);
            node.getOutputStream().write(request(address, "Origin: http://" + address));
            assertThat(new String(node.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }
        assertThat(server.keptOut).isEmpty();
        assertThat(server.refused).isEmpty();
    }

    /** What a page wrote reaches a status line and the log. */
    @Test
    void whatAPageCallsItselfIsToldInOneLineOfAsciiThatEnds() throws IOException {
        Recorder server = new Recorder(true);
        PeerAddress address = new PeerAddress("127.0.0.1", listener(server).port());

        String answer = handshake(address, "Origin: http://\u001b[31m" + "x".repeat(500));

        String reason = answer.lines().findFirst().orElseThrow().substring("HTTP/1.1 403 ".length());
        assertThat(reason)
                .startsWith("web pages must not talk to a node: Origin http://?[31mxxx")
                .hasSize(200);
        assertThat(server.keptOut).containsExactly("127.0.0.1: " + reason);
    }

    private static Defence defence() {
        return new PeerDefence(RateLimits.DEFAULT, command -> false, System::nanoTime);
    }

    private Listener listener(Recorder server) throws IOException {
        Listener listener = Listener.bind(
                new InetSocketAddress("127.0.0.1", 0), "v2", Limits.DEFAULT, new NetworkGate(Optional.empty()), server);
        opened.add(listener);
        listener.start();
        return listener;
    }

    @Test
    void nodesWithTheSameKeyTalkAndOthersAreToldWhyNot() throws Exception {
        Defence defence = defence();
        Optional<NetworkKey> key = Optional.of(new NetworkKey(new byte[16]));
        Optional<NetworkKey> wrong = Optional.of(new NetworkKey("the key of another network".getBytes(US_ASCII)));
        RpcServer server =
                new RpcServer(new InetSocketAddress("127.0.0.1", 0), Limits.DEFAULT, new NetworkGate(key), defence);
        opened.add(server);
        server.start(codec, (sender, command, answer) -> answer.accept(PONG), thread);

        assertThat(ask(client(key), server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
        assertThat(ask(client(wrong), server.port(), new PeerCommand.Ping()))
                .isEqualTo(new Outcome.Silence("the node there did not prove that it holds this node's network key"));
        assertThat(ask(client(Optional.empty()), server.port(), new PeerCommand.Ping()))
                .isEqualTo(new Outcome.Silence("refused: this network needs a key: start with --network-key-file"));
        assertThat(Stranger.say(server.port(), codec.encode(new PeerCommand.Ping())))
                .isEqualTo("no connection: refused: this network needs a key: start with --network-key-file");
    }

    /** A page that a member's user reads, and a stranger behind the same router. */
    @Test
    void whoIsNotLetInDoesNoHarmToTheMembersOnItsHost() throws Exception {
        String host = OutsideAddress.any();
        Defence defence = defence();
        Optional<NetworkKey> key = Optional.of(new NetworkKey(new byte[16]));
        RpcServer server = new RpcServer(new InetSocketAddress(host, 0), Limits.DEFAULT, new NetworkGate(key), defence);
        opened.add(server);
        server.start(codec, (sender, command, answer) -> answer.accept(PONG), thread);
        PeerAddress address = new PeerAddress(host, server.port());
        // It calls itself, so that this is also what the node calls.
        RpcClient early =
                new RpcClient(() -> codec, Limits.DEFAULT, thread, thread, PATIENCE, new NetworkGate(key), defence);
        opened.add(early);
        assertThat(ask(early, address, new PeerCommand.Ping())).isEqualTo(PONG);

        for (int i = 0; i < 12; i++) {
            assertThat(handshake(address, "Origin: http://evil.example"))
                    .startsWith("HTTP/1.1 403 web pages must not talk to a node");
            assertThat(handshake(address, "X: y")).startsWith("HTTP/1.1 403 this network needs a key");
            assertThat(handshake(address, "Naivechain-Nonce: " + "A".repeat(43) + "="))
                    .endsWith("no proof that you hold the network key");
        }

        assertThat(ask(early, address, new PeerCommand.Ping())).isEqualTo(PONG);
        assertThat(ask(client(key), address, new PeerCommand.Ping())).isEqualTo(PONG);
    }

    /** What is answered to a handshake, and to the empty frame that follows it in place of a proof. */
    private static String handshake(PeerAddress to, String header) throws IOException {
        try (Socket caller = new Socket(to.host(), to.port().number())) {
            caller.setSoTimeout(10_000);
            caller.getOutputStream().write(request("x", header));
            if (header.startsWith("Naivechain")) {
                // An empty text, masked with zeros (RFC 6455, 5.2).
                caller.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0});
            }
            return new String(caller.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static byte[] request(String host, String header) {
        return ("GET / HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header
                        + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    private RpcClient client(Optional<NetworkKey> key) {
        RpcClient client =
                new RpcClient(() -> codec, Limits.DEFAULT, thread, thread, PATIENCE, new NetworkGate(key), defence());
        opened.add(client);
        return client;
    }
}
