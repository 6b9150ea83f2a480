package org.naivechain.gossip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;

/**
 * What is passed on first, until it was often enough for everyone to have heard it (SWIM, section 4.1): who is new, and whose
 * state is another than before. For the node's thread only.
 */
final class BroadcastQueue {
    /** By how often it was told; who becomes news again before it is old keeps its place. No queue is empty. */
    private final TreeMap<Integer, Queue<KnownNode>> waiting = new TreeMap<>();

    void add(KnownNode member) {
        if (!member.isNews()) {
            put(member, 0);
        }
        member.isNews(true);
    }

    private void put(KnownNode member, int timesTold) {
        waiting.computeIfAbsent(timesTold, none -> new ArrayDeque<>()).add(member);
    }

    private KnownNode take() {
        var first = waiting.firstEntry();
        KnownNode member = first.getValue().remove();
        if (first.getValue().isEmpty()) {
            waiting.remove(first.getKey());
        }
        return member;
    }

    /**
     * Passes news on, the least often told first: otherwise a single piece would wait behind the thousands of a large network
     * that has just formed.
     *
     * @param max how many at the most
     * @param often how often each is told
     * @param digest where they go
     */
    void tell(int max, int often, List<Rumour> digest) {
        List<KnownNode> told = new ArrayList<>();
        while (told.size() < max && !waiting.isEmpty()) {
            told.add(take());
        }
        for (KnownNode member : told) {
            digest.add(member.rumour());
            int times = member.passOn();
            if (times < often) {
                put(member, times);
            } else {
                member.isNews(false);
            }
        }
    }
}
