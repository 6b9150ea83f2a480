/**
 * Who is kept out: strangers to a network that has a key ({@link org.naivechain.defence.NetworkKey}), and web pages
 * ({@link org.naivechain.defence.NetworkGate}). This layer may use the frames, the protocol and its blocks, and knows nothing of
 * the node.
 */
package org.naivechain.defence;
