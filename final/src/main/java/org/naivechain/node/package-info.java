/**
 * The node: its logic put together ({@link org.naivechain.node.Node}), and its wiring to real sockets, threads, files, and clocks
 * ({@link org.naivechain.node.LiveNode}). This layer may use all others but the command line.
 */
package org.naivechain.node;
