package org.naivechain.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.naivechain.node.LiveNode;
import org.naivechain.node.NodeOptions;
import org.naivechain.node.StartFailure;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a node and keeps it running until the program is told to end. */
@Command(
        name = "naivechain",
        description = "Starts a node of a small blockchain. Its HTTP API is on the port after --port.",
        versionProvider = Version.class,
        subcommands = {DemoCommand.class, BenchCommand.class},
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./naivechain -p 15001                               start a network",
            "  ./naivechain --peer 127.0.0.1:15001 -p 9803         join it",
            "  ./naivechain -pid 7a02e5b3-... -pport 15001 -p 9803 join it, and be sure of whom you join",
            "  ./naivechain demo 2                                 show what step 2 of the course gives",
            "  ./naivechain bench --clients 1                      measure a network of three"
        })
final class NodeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "15001",
            description = "Port for this node's WebSocket listener, HTTP is on the next (default: ${DEFAULT-VALUE};"
                    + " 0: any two free ones).")
    private int port;

    @Option(
            names = {"-pid", "--peer_id"},
            paramLabel = "PEER_ID",
            description = "Id of the node to join; the join fails if another node answers.")
    private String peerId;

    @Option(
            names = {"-pport", "--peer_port"},
            paramLabel = "PEER_PORT",
            description = "Port of the node to join.")
    private Integer peerPort;

    @Option(
            names = "--peer_host",
            paramLabel = "HOST",
            description = "Host of the node to join (default: " + LOOPBACK + ").")
    private String peerHost;

    @Option(
            names = "--peer",
            paramLabel = "HOST:PORT",
            description = "The node to join, in short; needs no id, unless it is a node of the original.")
    private String peer;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = LOOPBACK,
            description = "Address to bind (default: ${DEFAULT-VALUE}; 0.0.0.0: all).")
    private String host;

    @Option(
            names = "--min-nodes",
            paramLabel = "N",
            defaultValue = "" + NodeOptions.DEFAULT_MIN_NODES,
            description = "How many nodes must be there before data is added (default: ${DEFAULT-VALUE}).")
    private int minNodes;

    /** For the launcher, which has the JVM remember the classes of a whole start. */
    @Option(names = "--exit-when-live", hidden = true)
    private boolean exitWhenLive;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Override
    public Integer call() throws StartFailure, InterruptedException {
        LiveNode node = LiveNode.start(options());
        if (exitWhenLive) {
            node.close();
            return 0;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            node.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        stopped.await();
        return 0;
    }

    private NodeOptions options() {
        try {
            return new NodeOptions(
                    host, port, peerAddress(), Optional.ofNullable(peerId).map(PeerId::new), minNodes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Optional<PeerAddress> peerAddress() {
        if (peer != null) {
            if (peerPort != null || peerHost != null) {
                throw new IllegalArgumentException("--peer names host and port: leave out --peer_host and --peer_port");
            }
            return Optional.of(PeerAddress.parse(peer));
        }
        if (peerPort == null) {
            if (peerId != null || peerHost != null) {
                throw new IllegalArgumentException("to join a node its port must be given: add --peer_port (-pport)");
            }
            return Optional.empty();
        }
        return Optional.of(new PeerAddress(peerHost == null ? LOOPBACK : peerHost, peerPort));
    }
}
