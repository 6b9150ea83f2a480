package org.naivechain.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;

/**
 * Limits the connections of each host. A host that has its share gets a further one in exchange for its oldest that has sent no
 * request. For the one thread with which Jetty accepts.
 */
final class HostShare implements SelectorManager.AcceptListener {
    private final Map<SelectableChannel, InetAddress> hosts = new HashMap<>();
    private final int share;
    private final ServerConnector connector;
    private final Logger log;
    private boolean refusing;

    HostShare(int share, ServerConnector connector, Logger log) {
        this.share = share;
        this.connector = connector;
        this.log = log;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        hosts.keySet().removeIf(old -> !old.isOpen());
        InetAddress host = ((SocketChannel) channel).socket().getInetAddress();
        long connections = hosts.values().stream().filter(host::equals).count();
        boolean full = connections >= share && !makeRoom(host);
        if (full && !refusing) {
            String message = "refusing connections: {} has {} that have sent a request, which is the limit";
            log.warn(message, host.getHostAddress(), share);
        }
        refusing = full;
        if (full) {
            // As Jetty's own limit of all connections does.
            IO.close(channel);
        } else {
            hosts.put(channel, host);
        }
    }

    private boolean makeRoom(InetAddress host) {
        Optional<EndPoint> oldest = connector.getConnectedEndPoints().stream()
                .filter(end -> end.isOpen()
                        && end.getConnection().getMessagesIn() == 0
                        && ((InetSocketAddress) end.getRemoteSocketAddress())
                                .getAddress()
                                .equals(host))
                .min(Comparator.comparingLong(EndPoint::getCreatedTimeStamp));
        oldest.ifPresent(EndPoint::close);
        return oldest.isPresent();
    }
}
