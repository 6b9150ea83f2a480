package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;

/**
 * Where a node can be called.
 *
 * @param host a host name or an IP address; {@code 0.0.0.0} says "the host that you see me calling from"
 */
public record PeerAddress(
        @JsonProperty(value = "host", required = true) String host,
        @JsonProperty(value = "port", required = true) Port port) {

    /** A name or an IPv4 address; or an IPv6 address, perhaps with the interface that it belongs to. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f.]{0,15}){2,7}(%[A-Za-z0-9._-]{1,32})?");

    /** Refuses a host that is none, with an {@link IllegalArgumentException}. */
    @JsonCreator
    public PeerAddress {
        if (host == null || !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "a host must be a name or an IP address: " + ReceivedJson.quoted(String.valueOf(host)));
        }
        if (port == null) {
            throw new IllegalArgumentException("an address needs a port: host=" + host);
        }
    }

    /** An address with the port as a number, 1 to 65535. */
    public PeerAddress(String host, int port) {
        this(host, new Port(port));
    }

    /** Reads {@code host:port}, with an IPv6 address in brackets, or throws an {@link IllegalArgumentException}. */
    public static PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("an address must be host:port: \"" + text + "\"");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new PeerAddress(host, Port.of(text.substring(colon + 1)));
    }

    /** {@return this address, with the host that it was seen to come from in place of {@code 0.0.0.0} or {@code ::}} */
    public PeerAddress seenFrom(String seenFrom) {
        return host.equals("0.0.0.0") || host.equals("::") ? new PeerAddress(seenFrom, port) : this;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
