/**
 * Proof of work (Satoshi Nakamoto, <em>Bitcoin: A Peer-to-Peer Electronic Cash System</em>, 2008): the seal of a block is a number that
 * makes its hash small ({@link org.naivechain.consensus.work.WorkRules}). Logic without threads: who computes the hashes is a port.
 */
package org.naivechain.consensus.work;
