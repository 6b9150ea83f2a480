/**
 * Step 1: what a block is, how it is hashed, and how it is written as JSON. This layer may use the JDK and Jackson, and
 * nothing else.
 */
package org.naivechain.blocks;
