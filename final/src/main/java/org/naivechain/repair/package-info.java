/**
 * What a node does about damage: it fetches the right blocks from its peers and puts them where the wrong ones are.
 * Logic on the protocol's ports; it may use the steps' blocks, chain, and protocol, and knows no sockets, threads, clocks, or
 * files.
 */
package org.naivechain.repair;
