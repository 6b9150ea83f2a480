package org.naivechain.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;

/**
 * Limits the connections of each host. A host that has its share gets a further one in exchange for its oldest that has sent no
 * request. Jetty calls it from several threads.
 */
final class HostShare implements SelectorManager.AcceptListener {
    private final Map<SelectableChannel, InetAddress> hosts = new ConcurrentHashMap<>();
    private final int share;
    private final ServerConnector connector;
    private final Logger log;
    private volatile boolean refusing;

    HostShare(int share, ServerConnector connector, Logger log) {
        this.share = share;
        this.connector = connector;
        this.log = log;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        InetAddress host = ((SocketChannel) channel).socket().getInetAddress();
        if (count(host) >= share && !makeRoom(host)) {
            if (!refusing) {
                log.warn(
                        "refusing connections: {} has {} that have sent a request, which is the limit",
                        host.getHostAddress(),
                        share);
            }
            refusing = true;
            // Jetty tells of a closed channel as one that failed.
            IO.close(channel);
        } else {
            refusing = false;
            hosts.put(channel, host);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        hosts.remove(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        hosts.remove(channel);
    }

    private long count(InetAddress host) {
        return hosts.entrySet().stream()
                .filter(entry -> entry.getKey().isOpen() && entry.getValue().equals(host))
                .count();
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
