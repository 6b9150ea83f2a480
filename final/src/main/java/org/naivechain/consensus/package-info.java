/**
 * How the members agree on the next block. Engines stand behind {@link org.naivechain.consensus.Engine}; they are driven by
 * the node's thread and use the protocol's ports only: no sockets, threads, or clocks of their own.
 */
package org.naivechain.consensus;
