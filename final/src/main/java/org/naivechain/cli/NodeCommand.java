package org.naivechain.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.naivechain.node.Consensus;
import org.naivechain.node.LiveNode;
import org.naivechain.node.Mining;
import org.naivechain.node.NodeOptions;
import org.naivechain.node.Staking;
import org.naivechain.node.StartFailure;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import picocli.CommandLine;
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
        subcommands = {
            LearnCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            SimulateCommand.class,
            CompareCommand.class,
            VerifyCommand.class,
            StakeCommand.class
        },
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./naivechain -p 15001                               start a network",
            "  ./naivechain --peer 127.0.0.1:15001 -p 9803         join it",
            "  ./naivechain -pid 7a02e5b3-... -pport 15001 -p 9803 join it, sure of whom",
            "  ./naivechain demo 2                                 show what step 2 gives",
            "  ./naivechain verify FILE                            check a chain in a file",
            "  ./naivechain simulate --nodes 5 --seed 42           try it in virtual time",
            "  ./naivechain bench --nodes 3 --clients 64           measure three nodes here",
            "  ./naivechain bench --clients 1                      measure one client alone"
        })
final class NodeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String DATA = "naivechain-data";

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
            description = "Address to bind (default: ${DEFAULT-VALUE}; 0.0.0.0: all, which takes --advertise, too).")
    private String host;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            description = "Where others are to call this node, if not at the address that it binds: one of them if it"
                    + " binds all, or for example the outer address of a router that forwards the port.")
    private String advertise;

    @Option(
            names = "--network-key-file",
            paramLabel = "FILE",
            description = "A secret of at least 16 bytes that all nodes of the network share (make one with: head -c 32"
                    + " /dev/urandom | base64). Only nodes that prove that they hold it are spoken to. It opens"
                    + " connections and encrypts nothing: over networks that others can listen to, use a VPN or a TLS"
                    + " tunnel. It does not guard the HTTP API.")
    private Path networkKeyFile;

    @Option(
            names = "--min-nodes",
            paramLabel = "N",
            defaultValue = "" + NodeOptions.DEFAULT_MIN_NODES,
            description = "How many nodes must be there before data is added (default: ${DEFAULT-VALUE}).")
    private int minNodes;

    @Option(
            names = "--consensus",
            paramLabel = "ENGINE",
            defaultValue = "majority",
            description = "How the members agree: majority (never forks), naive (as the older Python system does, for"
                    + " networks that it writes to), work (nodes mine, as Bitcoin's do), or stake (holders of stake take"
                    + " turns); the same for all (default: ${DEFAULT-VALUE}).")
    private Consensus consensus;

    @Option(
            names = "--mining-threads",
            paramLabel = "N",
            description =
                    "With --consensus work: how many threads look for the next block; 0 only verifies (default: 1).")
    private Integer miningThreads;

    @Option(
            names = "--block-seconds",
            paramLabel = "N",
            description = "With --consensus work: how long a block should take; the same for all (default: 2).")
    private Integer blockSeconds;

    @Option(
            names = "--confirmations",
            paramLabel = "N",
            description =
                    "With work or stake: how many blocks must follow a block before its user is told (default: 3).")
    private Integer confirmations;

    @Option(
            names = "--stakes",
            paramLabel = "FILE",
            description =
                    "With --consensus stake: who holds how much, the same for all; ./naivechain stake init makes one.")
    private Path stakes;

    @Option(
            names = "--stake-key",
            paramLabel = "FILE",
            description =
                    "With --consensus stake: the key of the holder whose turns this node takes; only one node may have"
                            + " it (default: none, it only verifies).")
    private Path stakeKey;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the chain is kept (default: " + DATA + "/PORT; with port 0: nowhere).")
    private Path dataDirectory;

    @Option(
            names = "--in-memory",
            description =
                    "Keep nothing: the chain is forgotten when the node ends, and so is what it voted for; for trying things out.")
    private boolean inMemory;

    /** For the load test. */
    @Option(names = "--profile", hidden = true)
    private boolean profile;

    /** For the launcher, which has the JVM remember the classes of a whole start. */
    @Option(names = "--exit-when-live", hidden = true)
    private boolean exitWhenLive;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private Optional<LiveNode> running = Optional.empty();
    private boolean ended;

    @Override
    public Integer call() throws StartFailure, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
        while (true) {
            LiveNode node = LiveNode.open(options());
            begin(node);
            node.run();
            if (exitWhenLive) {
                node.close();
                return 0;
            }
            Optional<String> failure = node.awaitEnd();
            if (failure.isEmpty()) {
                return 0;
            }
            if (!node.isOutdated()) {
                throw new StartFailure(failure.get());
            }
            node.close();
        }
    }

    /** Nothing starts any more when the program ends. */
    private synchronized void begin(LiveNode node) {
        if (ended) {
            node.close();
        }
        running = Optional.of(node);
    }

    /** At whatever moment of its start the node is. */
    private void end() {
        Optional<LiveNode> node;
        synchronized (this) {
            ended = true;
            node = running;
        }
        node.ifPresent(LiveNode::leave);
        node.ifPresent(LiveNode::close);
    }

    private NodeOptions options() throws StartFailure {
        try {
            return new NodeOptions(
                    host,
                    port,
                    peerAddress(),
                    Optional.ofNullable(peerId).map(PeerId::new),
                    minNodes,
                    consensus,
                    directory(),
                    Optional.ofNullable(networkKeyFile),
                    Optional.ofNullable(advertise).map(PeerAddress::parse),
                    profile,
                    mining(),
                    staking());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Mining mining() {
        boolean given = miningThreads != null || blockSeconds != null;
        if (given && consensus != Consensus.WORK) {
            throw new IllegalArgumentException(
                    "--mining-threads and --block-seconds are for --consensus work, not for " + consensus);
        }
        if (confirmations != null && !consensus.isSealed()) {
            throw new IllegalArgumentException(
                    "--confirmations is for --consensus work and --consensus stake, not for " + consensus);
        }
        return new Mining(
                Objects.requireNonNullElse(miningThreads, Mining.DEFAULT.threads()),
                Objects.requireNonNullElse(blockSeconds, Mining.DEFAULT.blockSeconds()),
                Objects.requireNonNullElse(confirmations, Mining.DEFAULT.confirmations()));
    }

    private Optional<Staking> staking() throws StartFailure {
        if (consensus != Consensus.STAKE) {
            if (stakes != null || stakeKey != null) {
                throw new IllegalArgumentException(
                        "--stakes and --stake-key are for --consensus stake, not for " + consensus);
            }
            return Optional.empty();
        }
        return stakes == null
                ? Optional.empty()
                : Optional.of(Staking.read(stakes, Optional.ofNullable(stakeKey), mining().confirmations()));
    }

    /** A port that is a free one today may be another node's tomorrow, and must not bring back this one's chain. */
    private Optional<Path> directory() {
        if (inMemory && dataDirectory != null) {
            throw new IllegalArgumentException("--in-memory keeps nothing: leave out --data-dir " + dataDirectory);
        }
        if (dataDirectory != null) {
            return Optional.of(dataDirectory);
        }
        return inMemory || port == 0 ? Optional.empty() : Optional.of(Path.of(DATA, Integer.toString(port)));
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
