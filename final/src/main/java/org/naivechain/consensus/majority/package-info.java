/**
 * Paxos, for blocks and for who the members are ({@link org.naivechain.consensus.majority.MajorityVote}). Logic on the steps' ports;
 * it may use the ledger and the port of the layer {@code membership}.
 */
package org.naivechain.consensus.majority;
