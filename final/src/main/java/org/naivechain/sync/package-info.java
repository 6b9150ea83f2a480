/**
 * How a node reads the chains of others: {@link org.naivechain.sync.PeerChain} asks one peer for blocks, and
 * {@link org.naivechain.sync.CommonAncestor} finds where two chains part. Logic on the protocol's ports.
 */
package org.naivechain.sync;
