package org.naivechain.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.naivechain.http.HttpServer;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.websocket.Limits;

/**
 * The two ports of a node, bound and not yet answering.
 *
 * @param rpc the WebSocket server
 * @param http the HTTP server, on the next port
 */
record BoundPorts(RpcServer rpc, HttpServer http) {
    /** Free neighbours are found at once, unless nearly every port is taken. */
    private static final int TRIES = 50;

    static BoundPorts bind(String host, int port) throws StartFailure {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartFailure("no such host: " + host + "; give --host an address of this machine");
        }
        return port == 0 ? bindAny(host, address) : bind(host, address, port);
    }

    private static BoundPorts bindAny(String host, InetAddress address) throws StartFailure {
        for (int i = 1; ; i++) {
            RpcServer rpc = bindRpc(host, address, 0);
            try {
                return new BoundPorts(rpc, HttpServer.bind(host, rpc.port() + 1));
            } catch (IOException | IllegalArgumentException e) {
                rpc.close();
                if (i == TRIES) {
                    throw new StartFailure("no two free ports in a row were found on " + host + "; choose one with -p");
                }
            }
        }
    }

    private static BoundPorts bind(String host, InetAddress address, int port) throws StartFailure {
        RpcServer rpc = bindRpc(host, address, port);
        try {
            return new BoundPorts(rpc, HttpServer.bind(host, port + 1));
        } catch (IOException e) {
            rpc.close();
            throw new StartFailure("cannot bind " + host + ":" + (port + 1)
                    + " for HTTP, which takes the port after -p (" + e.getMessage() + "); choose another -p");
        }
    }

    private static RpcServer bindRpc(String host, InetAddress address, int port) throws StartFailure {
        try {
            return RpcServer.bind(new InetSocketAddress(address, port), Limits.DEFAULT);
        } catch (IOException e) {
            throw new StartFailure("cannot bind " + host + ":" + port + " (" + e.getMessage()
                    + "); choose another port with -p, or another address with --host");
        }
    }

    void close() {
        http.close();
        rpc.close();
    }
}
