/**
 * The exercises of the course: what the reader is given, checks of what the reader wrote, and a node that runs on it. Uses the
 * finished node, the compiler of the JDK, and JUnit; of the notebooks it judges what is written there.
 */
package org.naivechain.learn;
