/**
 * The load test: starts a network of real node processes, drives it over HTTP, and checks that all chains agree afterwards. It
 * sees nodes from outside, as users do, so of ours it may use {@code blocks} alone.
 */
package org.naivechain.bench;
