/**
 * What the notebooks show: pictures of blocks, chains, messages, and networks, tables, plots, and what the checks of the exercises
 * say. Uses the node, the exercises, and the Jupyter kernel; nothing uses it.
 */
package org.naivechain.notebooks;
