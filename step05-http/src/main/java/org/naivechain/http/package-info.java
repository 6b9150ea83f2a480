/**
 * Step 5: the HTTP API of a node, over the {@link org.naivechain.http.NodeService} port. This layer may use {@code blocks},
 * {@code chain}, the peers and outcomes of {@code protocol}, and Spark on Jetty; it never reaches {@code websocket}.
 */
package org.naivechain.http;
