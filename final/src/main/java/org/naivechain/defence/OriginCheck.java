package org.naivechain.defence;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.naivechain.websocket.Gate;

/**
 * Tells web pages from nodes (RFC 6455, section 10.2). Browsers name the page that calls in {@code Origin}. The WebSocket library
 * of the older nodes sends one as well, made of the address that it calls. That is the origin of no page, as this port serves
 * none. The address must be a literal: a page of {@code http://evil.example:15001} whose name was made to point to this machine
 * (DNS rebinding) would have its own name as origin and host.
 */
final class OriginCheck {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern ADDRESS =
            Pattern.compile("(localhost|" + BYTE + "(?:\\." + BYTE + "){3}|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");
    private static final int DEFAULT_PORT = 80;

    private OriginCheck() {}

    /** What is wrong with the origin of a request; nothing if a node may have sent it. */
    static Optional<String> objection(Gate.Head request, Optional<String> advertised) {
        Optional<String> origin = request.field().apply("Origin");
        String host = request.field().apply("Host").orElse("");
        if (origin.isEmpty()
                || origin.get().equals("http://" + host)
                        && (isAddressOf(request.local(), host) || advertised.equals(Optional.of(host)))) {
            return Optional.empty();
        }
        return Optional.of("web pages must not talk to a node: Origin " + origin.get() + ", Host " + host);
    }

    private static boolean isAddressOf(InetSocketAddress local, String host) {
        Matcher address = ADDRESS.matcher(host);
        if (!address.matches()) {
            return false;
        }
        int port = address.group(2) == null ? DEFAULT_PORT : Integer.parseInt(address.group(2));
        return port == local.getPort() && isNameOf(local.getAddress(), address.group(1));
    }

    private static boolean isNameOf(InetAddress local, String host) {
        if (host.equals("localhost")) {
            return local.isLoopbackAddress();
        }
        try {
            InetAddress named = InetAddress.getByName(host);
            // To a caller on this machine 0.0.0.0 is the loopback address.
            return named.equals(local) || named.isAnyLocalAddress() && local.isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
