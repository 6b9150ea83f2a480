/**
 * Proof of stake, after Ouroboros with a fixed distribution of stake (A. Kiayias, A. Russell, B. David, R. Oliynykov,
 * <em>Ouroboros: A Provably Secure Proof-of-Stake Blockchain Protocol</em>, CRYPTO 2017, section 4): time is cut into slots, each slot
 * belongs to one holder, and the seal of a block is that holder's signature ({@link org.naivechain.consensus.stake.StakeRules}). Logic
 * without threads.
 */
package org.naivechain.consensus.stake;
