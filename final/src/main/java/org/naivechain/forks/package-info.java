/**
 * What becomes of two chains that part, where the vote lets that happen: which one stays ({@link org.naivechain.forks.ForkChoice}),
 * how a node goes over to it ({@link org.naivechain.forks.Forks}), and how it adds again what is lost by that ({@code Rescue}).
 * Logic on the protocol's ports.
 */
package org.naivechain.forks;
