package org.naivechain.websocket;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets this process may have open at once. */
public final class OpenFiles {
    private OpenFiles() {}

    /**
     * {@return the limit of the operating system ({@code ulimit -n}): the number of descriptors; {@link Long#MAX_VALUE} where
     * the system has no such limit}
     */
    public static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
