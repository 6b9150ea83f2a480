package org.naivechain.node;

import java.nio.file.Path;
import java.util.Optional;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * How a node is to be started.
 *
 * @param host the address to bind; {@code 0.0.0.0} binds all, and then others must be told which one to call
 * @param port the port of the WebSocket listener, with HTTP on the next one; 0 takes two free ones
 * @param peer a member to join through; none starts a network
 * @param minNodes how many members the network must have before data can be added
 * @param consensus how the members agree on blocks; the same for all
 * @param dataDirectory where everything is kept; none forgets it when the node ends
 * @param networkKeyFile where the secret is that the nodes of the network share; none takes everybody
 * @param advertise where others are to call this node; none tells them what it is bound to
 * @param profiled whether to log where the milliseconds of an add go
 * @param mining of use with {@link Consensus#WORK}
 * @param staking of use with {@link Consensus#STAKE}, which needs it
 */
public record NodeOptions(
        String host,
        int port,
        Optional<PeerAddress> peer,
        Optional<PeerId> peerId,
        int minNodes,
        Consensus consensus,
        Optional<Path> dataDirectory,
        Optional<Path> networkKeyFile,
        Optional<PeerAddress> advertise,
        boolean profiled,
        Mining mining,
        Optional<Staking> staking) {
    /** HTTP listens on the next port, so the last one cannot be taken. */
    public static final int MAX_PORT = 65_534;

    /** In the original a lone node takes no data. */
    public static final int DEFAULT_MIN_NODES = 2;

    /** Options of a node that votes. */
    public NodeOptions(
            String host,
            int port,
            Optional<PeerAddress> peer,
            Optional<PeerId> peerId,
            int minNodes,
            Consensus consensus,
            Optional<Path> dataDirectory,
            Optional<Path> networkKeyFile,
            Optional<PeerAddress> advertise,
            boolean profiled) {
        this(
                host,
                port,
                peer,
                peerId,
                minNodes,
                consensus,
                dataDirectory,
                networkKeyFile,
                advertise,
                profiled,
                Mining.DEFAULT,
                Optional.empty());
    }

    /**
     * Checks the numbers and where others are to call.
     *
     * @throws IllegalArgumentException if one is out of range, or others could not call the node
     */
    public NodeOptions {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "the port must be 0 to " + MAX_PORT + ", because HTTP takes the next one: " + port);
        }
        // The address that others are told must be one; the port that is bound later cannot make it another.
        new PeerAddress(host, Math.max(port, 1));
        if (consensus == Consensus.STAKE && staking.isEmpty()) {
            throw new IllegalArgumentException(
                    "--consensus stake needs --stakes FILE; make one with: ./naivechain stake init"
                            + " DIR --stakes 40,30,30");
        }
        if (minNodes < 1) {
            throw new IllegalArgumentException("the least number of nodes must be at least 1: " + minNodes);
        }
        if (advertise.isEmpty() && Names.isWildcard(host)) {
            throw new IllegalArgumentException(
                    "others cannot call " + host + ": add --advertise HOST:PORT, with an address"
                            + " of this machine that they can reach, or give --host one address");
        }
        if (advertise.isPresent() && Names.isWildcard(advertise.get().host())) {
            throw new IllegalArgumentException("others cannot call " + advertise.get()
                    + ": --advertise must name an address of this machine that they can reach");
        }
    }
}
