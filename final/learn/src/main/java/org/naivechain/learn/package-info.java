/**
 * The exercises of the course: what the reader is given, checks of what the reader wrote, and a node that runs on it. Uses the
 * finished node, the compiler of the JDK, and JUnit; nothing uses it.
 */
package org.naivechain.learn;
