package org.naivechain.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

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
        return at(0, 1);
    }

    /** A port that is so far before others, and nobody listens at any of these. */
    public static int at(int... distances) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (IntStream.of(distances).allMatch(distance -> isFree(first + distance))) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
