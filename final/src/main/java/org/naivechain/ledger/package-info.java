/**
 * What is decided: the chain with the requests behind its blocks, and who the members are ({@link org.naivechain.ledger.Ledger}).
 * Logic on the steps' blocks, chain, and ports.
 */
package org.naivechain.ledger;
