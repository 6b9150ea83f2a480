package org.naivechain.bench;

import java.nio.file.Path;
import java.util.List;

/** What the nodes of a load test are started with, beside what makes them a network. */
@FunctionalInterface
public interface NodeOptions {
    /**
     * {@return the options of one node}
     *
     * @param network a directory for files that the nodes share; it is deleted at the end
     * @param number which node, from 0 on
     * @throws BenchFailure if such a file cannot be made
     */
    List<String> of(Path network, int number) throws BenchFailure;
}
