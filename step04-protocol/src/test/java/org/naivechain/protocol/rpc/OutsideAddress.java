package org.naivechain.protocol.rpc;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** An address of this machine that others see, for what is not done to loopback addresses. */
public final class OutsideAddress {
    private OutsideAddress() {}

    /**
     * Finds one.
     *
     * @return an IPv4 address; the test is skipped if there is none
     * @throws SocketException if the system does not tell
     */
    public static String any() throws SocketException {
        Optional<String> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeThat(found).as("an address beyond loopback").isPresent();
        return found.get();
    }
}
