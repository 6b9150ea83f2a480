/**
 * What a node keeps, in one file of SQLite: the stores behind the ports of the other layers, the directory that one node uses at a
 * time ({@link org.naivechain.storage.DataDirectory}), and the rescue of a damaged file ({@link org.naivechain.storage.Recovery}).
 */
package org.naivechain.storage;
