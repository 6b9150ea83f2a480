/** Step 4 on the screen: nodes without a vote, on real sockets. It may use everything of steps 1 to 4. */
package org.naivechain.protocol.demo;
