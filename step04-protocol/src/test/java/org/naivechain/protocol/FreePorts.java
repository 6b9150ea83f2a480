package org.naivechain.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for nodes that stop and come back at the same address. Those that a system hands out by itself, for port 0 and for
 * outgoing connections, begin at 32768 or above; one of them may be taken by anybody's connection while the node is away.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private FreePorts() {}

    /** The first of two ports in a row where nobody listens. */
    public static int pair() {
        while (true) {
            try (ServerSocket one = new ServerSocket(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST));
                    ServerSocket next = new ServerSocket(one.getLocalPort() + 1)) {
                return next.getLocalPort() - 1;
            } catch (BindException e) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
