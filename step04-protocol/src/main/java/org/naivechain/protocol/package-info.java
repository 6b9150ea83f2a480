/**
 * Step 4: what nodes say to each other (commands and replies as types), how that is written, and what a node does when it
 * hears it. This layer may use {@code blocks}, {@code chain} and, in {@code rpc} only, {@code websocket}; it has no sockets,
 * threads, or clocks of its own: those are the ports {@link org.naivechain.protocol.Network} and
 * {@link org.naivechain.protocol.Time}.
 */
package org.naivechain.protocol;
