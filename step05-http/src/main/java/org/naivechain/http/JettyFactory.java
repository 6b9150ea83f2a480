package org.naivechain.http;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import spark.embeddedserver.jetty.JettyServerFactory;

/** Gives Spark a Jetty server on a channel that is bound already, and stops that server. */
final class JettyFactory implements JettyServerFactory {
    static final int MAX_HEADER_BYTES = 8 * 1024;

    /** A share of all, so that no host takes all places; see {@link HostShare}. */
    static final int MAX_CONNECTIONS_PER_HOST = 100;

    /** More than the connections of one host can hold. */
    private static final int MAX_THREADS = 2 * MAX_CONNECTIONS_PER_HOST;

    private static final int MIN_THREADS = 4;
    private static final int THREAD_IDLE_MILLIS = 60_000;
    private static final int THREAD_STOP_MILLIS = 1_000;

    private final Server server;
    private final ServerConnector connector;
    private final GracefulHandler inFlight = new GracefulHandler();
    private final Duration drain;
    private final Logger log;
    private final CountDownLatch routesAdded = new CountDownLatch(1);
    private volatile Thread igniter;

    JettyFactory(
            ServerSocketChannel channel, OriginCheck originCheck, int maxConnections, Timeouts timeouts, Logger log)
            throws IOException {
        this.drain = timeouts.drain();
        this.log = log;
        inFlight.setHandler(originCheck);
        server = new Server(threads(), new ScheduledExecutorScheduler("http-timer", true), null) {
            /** Puts the count of requests in flight, and the check of origins, before any handler that Spark sets. */
            @Override
            public void setHandler(Handler handler) {
                originCheck.setHandler(handler);
                super.setHandler(inFlight);
            }
        };
        server.setErrorHandler(new JettyErrors());

        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        configuration.setIdleTimeout(timeouts.idle().toMillis());
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(timeouts.request().toMillis());
        // Shutting down must not shorten the time that a request in flight has.
        connector.setShutdownIdleTimeout(-1);
        connector.open(channel);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(maxConnections, connector));
        int perHost = Math.max(1, Math.min(MAX_CONNECTIONS_PER_HOST, maxConnections / 5));
        connector.addBean(new HostShare(perHost, connector, log));
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MILLIS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setStopTimeout(THREAD_STOP_MILLIS);
        return threads;
    }

    @Override
    public Server create(int maxThreads, int minThreads, int threadTimeoutMillis) {
        igniter = Thread.currentThread();
        // Spark would start to answer while its routes are still being added.
        try {
            routesAdded.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return server;
    }

    @Override
    public Server create(ThreadPool threadPool) {
        return create(0, 0, 0);
    }

    void routesAdded() {
        routesAdded.countDown();
    }

    /**
     * Takes no more calls, waits for the requests in flight, and ends all threads. Spark's own stop is not used: it drops
     * what is in flight, and ends the whole program if Jetty complains.
     */
    void stop() throws InterruptedException {
        connector.shutdown();
        try {
            inFlight.shutdown().get(drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.warn("{} requests are cut off", inFlight.getCurrentRequestCount());
        }
        try {
            server.stop();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            log.warn("the HTTP server did not stop cleanly", e);
        }
        if (igniter != null) {
            igniter.join(THREAD_STOP_MILLIS);
        }
    }
}
