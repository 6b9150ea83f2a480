package org.naivechain.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports for nodes that stop and come back at the same address. Those that a system hands out by itself, for port 0 and for
 * outgoing connections, begin at 32768 or above; one of them may be taken by anybody's connection while the node is away.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private static final Set<Integer> ASKED = ConcurrentHashMap.newKeySet();
    private static final Set<FileChannel> LOCKED = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** The first of two ports in a row where nobody listens. */
    public static int pair() {
        return at(0, 1);
    }

    /** A port that is so far before others, and nobody listens at any of these. */
    public static int at(int... distances) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (IntStream.of(distances).allMatch(distance -> isFree(first + distance) && isOurs(first + distance))) {
                return first;
            }
        }
    }

    /** Whether no program that tests at the same time has been given the port, this one included: it may be used only later. */
    private static boolean isOurs(int port) {
        // Once only: to close a file drops all locks that this program has on it.
        if (!ASKED.add(port)) {
            return false;
        }
        try {
            Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "naivechain-ports"));
            Path file = folder.resolve(Integer.toString(port));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return false;
            }
            // The lock lasts until this program ends.
            file.toFile().deleteOnExit();
            return LOCKED.add(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
