/**
 * Step 2: blocks in a row, and how to tell whether the row is sound. This layer may use {@code blocks} alone; what it
 * keeps, it keeps behind the {@link org.naivechain.chain.BlockStore} port.
 */
package org.naivechain.chain;
