package org.naivechain.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.naivechain.defence.NetworkGate;
import org.naivechain.defence.NetworkKey;
import org.naivechain.http.HttpServer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.rpc.Defence;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.websocket.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ports of a node, bound and not yet answering.
 *
 * @param http the HTTP server, on the next port
 */
record BoundPorts(RpcServer rpc, HttpServer http) {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");

    /** Free neighbours are found at once, unless nearly every port is taken. */
    private static final int TRIES = 50;

    static BoundPorts bind(NodeOptions options, Optional<NetworkKey> key, Defence defence) throws StartFailure {
        Capacity capacity = Capacity.of(Limits.openFiles());
        if (capacity.isReduced()) {
            LOG.warn(
                    "This process may have {} files and sockets open: at most {} connections of nodes and {} of HTTP are"
                            + " taken; for more, raise the limit (ulimit -n 4096)",
                    Limits.openFiles(),
                    capacity.nodes(),
                    capacity.http());
        }
        String host = options.host();
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartFailure("no such host: " + host + "; give --host an address of this machine");
        }
        Limits limits = Limits.DEFAULT.withConnections(capacity.nodes());
        Rpc rpc = at -> new RpcServer(
                new InetSocketAddress(address, at),
                limits,
                new NetworkGate(key, options.advertise().map(PeerAddress::toString), httpIsOn(at + 1)),
                defence);
        return options.port() == 0
                ? bindAny(host, capacity.http(), rpc)
                : bind(host, options.port(), capacity.http(), rpc);
    }

    private static String httpIsOn(int port) {
        return "{\"status\":\"ERROR\",\"data\":false,\"message\":\"this port is for nodes (WebSocket); HTTP is on port "
                + port + "\"}\n";
    }

    /** Binds the WebSocket server to a port. */
    interface Rpc {
        RpcServer bind(int port) throws IOException;
    }

    /** HTTP first, so that the WebSocket server, which announces itself, is made once. */
    static BoundPorts bindAny(String host, int maxHttp, Rpc listener) throws StartFailure {
        for (int i = 1; ; i++) {
            HttpServer http;
            try {
                http = HttpServer.bind(host, 0, maxHttp);
            } catch (IOException e) {
                throw cannotBind(host, 0, e);
            }
            try {
                return new BoundPorts(listener.bind(http.port() - 1), http);
            } catch (IOException e) {
                http.close();
                if (i == TRIES) {
                    throw new StartFailure("no two free ports in a row were found on " + host + "; choose one with -p");
                }
            }
        }
    }

    private static BoundPorts bind(String host, int port, int maxHttp, Rpc listener) throws StartFailure {
        RpcServer rpc;
        try {
            rpc = listener.bind(port);
        } catch (IOException e) {
            throw cannotBind(host, port, e);
        }
        try {
            return new BoundPorts(rpc, HttpServer.bind(host, port + 1, maxHttp));
        } catch (IOException e) {
            rpc.close();
            throw new StartFailure("cannot bind " + host + ":" + (port + 1)
                    + " for HTTP, which takes the port after -p (" + e.getMessage() + "); choose another -p");
        }
    }

    private static StartFailure cannotBind(String host, int port, IOException e) {
        return new StartFailure("cannot bind " + host + ":" + port + " (" + e.getMessage()
                + "); choose another port with -p, or another address with --host");
    }

    void close() {
        http.close();
        rpc.close();
    }
}
