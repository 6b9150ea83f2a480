/**
 * Whole networks of nodes in one thread: the very node code on a virtual network and a virtual clock. The same seed gives
 * the same run, to the message.
 */
package org.naivechain.simulation;
