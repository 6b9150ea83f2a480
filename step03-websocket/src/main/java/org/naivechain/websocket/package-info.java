/**
 * Step 3: text frames in and out, over WebSocket (RFC 6455), with limits on everything that a stranger can make grow. This
 * layer may use Java-WebSocket and nothing of ours: it does not know what a frame means.
 */
package org.naivechain.websocket;
