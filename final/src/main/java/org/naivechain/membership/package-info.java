/**
 * How a node becomes one of a network and leaves it ({@link org.naivechain.membership.Participation}): open to everybody, or by
 * agreement of the members. Logic on the ports of step 4; it may use the ledger and {@code sync}.
 */
package org.naivechain.membership;
