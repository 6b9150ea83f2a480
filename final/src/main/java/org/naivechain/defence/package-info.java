/**
 * What keeps hostile and broken nodes from spending too much of this one: limits for each node, penalty points, shutting out
 * ({@link org.naivechain.defence.PeerDefence}), and the network key. It stands behind the ports of steps 3 and 4.
 */
package org.naivechain.defence;
