/**
 * The vote of the original ({@link org.naivechain.consensus.naive.NaiveVote}), which forks when two members write at once. Logic on
 * the steps' ports and the ledger.
 */
package org.naivechain.consensus.naive;
