/**
 * How nodes find each other and tell who is there: SWIM, with suspicion and incarnations. It informs, and decides nothing: who
 * has a vote is agreed on elsewhere. It uses the protocol's types and ports, and knows of no sockets, threads, or clocks.
 */
package org.naivechain.gossip;
