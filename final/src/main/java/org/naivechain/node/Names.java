package org.naivechain.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.naivechain.protocol.PeerAddress;

/**
 * Host names that users type. Nodes know each other by IP addresses, which is what they see each other calling from: a node
 * that is known by a name here and by an address there would be counted as two. These calls may block.
 */
final class Names {
    private Names() {}

    /** The address with an IP address for its host; as it was if there is none, so that whoever dials it says so. */
    static PeerAddress resolve(PeerAddress address) {
        try {
            return new PeerAddress(InetAddress.getByName(address.host()).getHostAddress(), address.port());
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** Whether no host is meant, but all addresses of whoever hears this. */
    static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether only this machine is meant; also if there is no such host. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
