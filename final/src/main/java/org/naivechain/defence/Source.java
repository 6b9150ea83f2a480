package org.naivechain.defence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.naivechain.protocol.PeerAddress;

/**
 * Whom misbehaviour is held against. What a node says of itself is a claim, its address is none, so that this is the host:
 * all of them, in the case of IPv6, where the network of 64 bits is one customer's. On the loopback address all nodes of a
 * machine would pay for one of them; there it is the connection, if it called, or the address that it was called at.
 */
record Source(String name, boolean isHost) {
    private static final int NETWORK_BYTES = 8;

    static Source caller(String host, long connection) {
        return isLoopback(host) ? new Source("connection " + connection + " from " + host, false) : host(host);
    }

    static Source called(PeerAddress address) {
        return isLoopback(address.host()) ? new Source(address.toString(), false) : host(address.host());
    }

    static Source host(String host) {
        return new Source(host.contains(":") ? network(host) : host, true);
    }

    /** Never asks for a name: what a stranger calls itself must not make this node wait. */
    static boolean isLoopback(String host) {
        return host.startsWith("127.")
                || host.equals("0:0:0:0:0:0:0:1")
                || host.equals("::1")
                || host.equalsIgnoreCase("localhost");
    }

    private static String network(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            byte[] bytes = address.getAddress();
            if (address.isLinkLocalAddress() || bytes.length <= NETWORK_BYTES) {
                return address.getHostAddress();
            }
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return host;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
