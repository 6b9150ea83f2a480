/**
 * How a node reads the chains of others: {@link org.naivechain.sync.CatchUp} fetches what this node misses,
 * {@link org.naivechain.sync.PeerChain} asks one peer for blocks, and {@link org.naivechain.sync.CommonAncestor} finds where two
 * chains part. Logic on the ports of step 4 and the ledger.
 */
package org.naivechain.sync;
