package org.naivechain.gossip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;

/**
 * What is passed on first, until it was often enough for all nodes to have heard it (SWIM, section 4.1): nodes that are new,
 * or in another state than before. The least often told come first: otherwise a single piece of news would wait behind the
 * thousands of a large network that has just formed. For the node's thread only.
 */
final class BroadcastQueue {
    /** By how often it was told; what becomes news again before it is old keeps its place. No queue is empty. */
    private final TreeMap<Integer, Queue<KnownNode>> waiting = new TreeMap<>();

    void add(KnownNode member) {
        boolean isWaiting = member.isNews();
        member.becomeNews();
        if (!isWaiting) {
            put(member);
        }
    }

    private void put(KnownNode member) {
        waiting.computeIfAbsent(member.timesTold(), none -> new ArrayDeque<>()).add(member);
    }

    /** Adds at most so many to a digest; each is told so often. */
    void tell(int max, int often, List<Rumour> digest) {
        List<KnownNode> told = new ArrayList<>();
        while (told.size() < max && !waiting.isEmpty()) {
            var first = waiting.firstEntry();
            told.add(first.getValue().remove());
            if (first.getValue().isEmpty()) {
                waiting.remove(first.getKey());
            }
        }
        for (KnownNode member : told) {
            digest.add(member.rumour());
            member.isTold(often);
            if (member.isNews()) {
                put(member);
            }
        }
    }
}
