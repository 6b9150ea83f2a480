/**
 * What networks have in common whose blocks carry a seal: nobody votes; whoever makes a valid seal extends the chain, and the branch
 * that weighs most is kept ({@link org.naivechain.consensus.sealed.SealedEngine}). Logic on the steps' ports; it may use the ledger.
 */
package org.naivechain.consensus.sealed;
