package org.naivechain.gossip;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.naivechain.protocol.Rumour;

/**
 * What is passed on first, until it was often enough for everyone to have heard it (SWIM, section 4.1): who is new, and whose
 * state is another than before. For the node's thread only.
 */
final class News {
    private final Queue<Member> waiting = new ArrayDeque<>();

    void add(Member member) {
        if (!member.isNews()) {
            waiting.add(member);
        }
        member.isNews(true);
    }

    /**
     * Passes news on, the least often told first, or nearly so.
     *
     * @param max how many at the most
     * @param often how often each is told
     * @param digest where they go
     */
    void tell(int max, int often, List<Rumour> digest) {
        for (int left = Math.min(max, waiting.size()); left > 0; left--) {
            Member member = waiting.remove();
            digest.add(member.rumour());
            if (member.passOn() < often) {
                waiting.add(member);
            } else {
                member.isNews(false);
            }
        }
    }
}
