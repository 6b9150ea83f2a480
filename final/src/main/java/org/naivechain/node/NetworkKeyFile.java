package org.naivechain.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import org.naivechain.defence.NetworkKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the network's key: its bytes are the key, without line ends at their end, which editors add. */
final class NetworkKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final int MAX_BYTES = 4_096;
    private static final String MAKE = "make one with: head -c 32 /dev/urandom | base64 > FILE";

    private NetworkKeyFile() {}

    static NetworkKey read(Path file) throws StartFailure {
        byte[] bytes = bytes(file);
        if (bytes.length > MAX_BYTES) {
            throw new StartFailure(
                    "a network key must have at most " + MAX_BYTES + " bytes, and " + file + " has more; " + MAKE);
        }
        byte[] secret = Arrays.copyOf(bytes, lengthWithoutLineEnds(bytes));
        if (secret.length < NetworkKey.MIN_BYTES) {
            throw new StartFailure("a network key must have at least " + NetworkKey.MIN_BYTES + " bytes, and " + file
                    + " has " + secret.length + "; " + MAKE);
        }
        warnIfOthersCanRead(file);
        return new NetworkKey(secret);
    }

    private static byte[] bytes(Path file) throws StartFailure {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no network key file " + file + "; " + MAKE);
        } catch (IOException e) {
            throw new StartFailure("cannot read the network key file " + file + " (" + e.getMessage() + ")");
        }
    }

    private static int lengthWithoutLineEnds(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        return length;
    }

    private static void warnIfOthersCanRead(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("Every user of this machine can read the network key in {}: chmod go= {}", file, file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("who can read the network key is not known", e);
        }
    }
}
