package org.naivechain.defence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.naivechain.protocol.PeerAddress;

/**
 * Who pays for misbehaviour. What a node says of itself is only a claim, its address is not, so this is the host; with IPv6 its
 * network of 64 bits, which is one customer's. On the loopback address all nodes of a machine would pay for one of them; there
 * it is the connection of a node that calls, and the address of a node that is called.
 */
record Source(String name, boolean isHost) {
    private static final int NETWORK_BYTES = 8;

    static Source caller(String host, long connection) {
        return isLoopback(host) ? connection(host, connection) : host(host);
    }

    static Source connection(String host, long number) {
        return new Source("connection " + number + " from " + host, false);
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
