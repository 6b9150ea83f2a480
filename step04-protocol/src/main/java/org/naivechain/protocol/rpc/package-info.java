/**
 * Commands over WebSocket frames: the adapter between the protocol's ports and the sockets of step 3. Its own threads only
 * read and write frames; everything else is handed to the node's thread.
 */
package org.naivechain.protocol.rpc;
