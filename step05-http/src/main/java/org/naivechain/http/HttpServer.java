package org.naivechain.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Service;
import spark.embeddedserver.EmbeddedServers;
import spark.embeddedserver.jetty.EmbeddedJettyFactory;

/** The HTTP API of a node on a bound port, by Spark on Jetty. Any thread may use it; its threads end with {@link #close()}. */
public final class HttpServer implements AutoCloseable {
    /** How many connections a server keeps unless it is told another number. */
    public static final int MAX_CONNECTIONS = 500;

    private static final Logger LOG = LoggerFactory.getLogger("HTTP_SERVER");
    private static final String OURS = "naivechain";

    private final ServerSocketChannel channel;
    private final String host;
    private final int port;
    private final Timeouts waits;
    private final JettyFactory jetty;
    private boolean started;
    private boolean closed;

    private HttpServer(ServerSocketChannel channel, String host, int maxConnections, Timeouts waits)
            throws IOException {
        InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
        this.channel = channel;
        this.host = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        this.port = bound.getPort();
        this.waits = waits;
        OriginCheck originCheck = new OriginCheck(this.host, bound.getAddress().isLoopbackAddress());
        this.jetty = new JettyFactory(channel, originCheck, maxConnections, waits, LOG);
    }

    /**
     * Binds a port; no request is answered before {@link #start}.
     *
     * @param host the address or name to listen on, {@code 0.0.0.0} for all; on a loopback address, requests that name
     *     another host are refused
     * @param port 0 for any free one
     * @param maxConnections how many connections are kept at once
     * @throws IOException if the port cannot be bound, for example because it is in use
     */
    public static HttpServer bind(String host, int port, int maxConnections) throws IOException {
        return bind(host, port, maxConnections, Timeouts.DEFAULT);
    }

    static HttpServer bind(String host, int port, int maxConnections, Timeouts waits) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no host \"" + host + "\" to listen on");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            return new HttpServer(channel, host, maxConnections, waits);
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Starts to answer. Clients that have connected since {@link #bind} have been waiting and are answered now.
     *
     * @throws IllegalStateException if this server was started or closed before, or cannot start
     */
    public synchronized void start(NodeService service) {
        if (started || closed) {
            throw new IllegalStateException("an HTTP server starts once, before it is closed");
        }
        started = true;
        Exception failure = ignite(service);
        if (failure != null) {
            close();
            throw new IllegalStateException("the HTTP server cannot start", failure);
        }
        LOG.info("Running on http://{}:{}/ (Press CTRL+C to quit)", host, port);
    }

    private Exception ignite(NodeService service) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        Service http = Service.ignite();
        // Spark's own handler ends the whole program.
        http.initExceptionHandler(failure::set);
        http.embeddedServerIdentifier(OURS);
        http.port(port);
        // The first route starts a thread of Spark's, which is a daemon only if the thread that adds it is one.
        Thread adder = new Thread(() -> Api.addTo(http, service, waits, LOG), "http-routes");
        adder.setDaemon(true);
        // Spark keeps the factories in one unsynchronised map for the whole program.
        synchronized (EmbeddedServers.class) {
            EmbeddedServers.add(OURS, new EmbeddedJettyFactory(jetty));
            adder.start();
            try {
                adder.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                jetty.routesAdded();
            }
            http.awaitInitialization();
        }
        return failure.get();
    }

    /** {@return the port that was bound, never 0} */
    public int port() {
        return port;
    }

    /**
     * Takes no more requests, lets those in flight finish for up to 2 seconds, and ends the threads. A second call does
     * nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (started) {
                jetty.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
