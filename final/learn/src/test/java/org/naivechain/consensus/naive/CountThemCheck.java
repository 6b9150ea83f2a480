package org.naivechain.consensus.naive;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;

class CountThemCheck {
    private static final Outcome SILENCE = new Outcome.Silence("Connection refused");

    private static Tally of(int members) {
        PeerTable peers = new PeerTable(peer(0), PeerStore.inMemory());
        for (int i = 1; i < members; i++) {
            peers.register(peer(i));
        }
        return new Tally("vote", peers);
    }

    private static Peer peer(int i) {
        return new Peer(new PeerId("p" + i), new PeerAddress("127.0.0.1", 15001 + 2 * i));
    }

    private static void same(boolean expected, boolean actual, int members, int yes, int no, String question) {
        Explain.same(
                expected,
                actual,
                "Of " + members + " members " + yes + " said yes, the one that counts included, and " + no
                        + " did not. " + question,
                "A majority of all members is needed, the silent ones included: " + (members / 2 + 1) + " of " + members
                        + ".");
    }

    @Test
    @DisplayName("A vote has carried when more than half of all members said yes.")
    void carries() {
        for (int members = 1; members <= 7; members++) {
            Tally tally = of(members);
            for (int yes = 1; yes <= members; yes++) {
                same(2 * yes > members, tally.hasCarried(), members, yes, 0, "Has the vote carried?");
                tally.yes();
            }
        }
    }

    @Test
    @DisplayName("Members that refuse or are silent count: they make a majority no smaller.")
    void countsTheSilent() {
        for (int members = 2; members <= 7; members++) {
            for (int yes = 1; yes < members; yes++) {
                Tally tally = of(members);
                for (int i = 1; i < yes; i++) {
                    tally.yes();
                }
                for (int no = 1; no <= members - yes; no++) {
                    tally.no(tally.others().get(members - 1 - no), no % 2 == 0 ? SILENCE : new Reply.Refusal("no"));
                    same(2 * yes > members, tally.hasCarried(), members, yes, no, "Has the vote carried?");
                }
            }
        }
    }

    @Test
    @DisplayName("A vote has failed when a majority cannot be reached any more.")
    void fails() {
        for (int members = 2; members <= 7; members++) {
            Tally tally = of(members);
            for (int no = 0; no < members; no++) {
                same(2 * (members - no) <= members, tally.hasFailed(), members, 1, no, "Has the vote failed?");
                if (no < members - 1) {
                    tally.no(tally.others().get(no), no % 2 == 0 ? SILENCE : new Reply.Refusal("no"));
                }
            }
        }
    }

    @Test
    @DisplayName("While others may still answer, the vote has neither carried nor failed.")
    void isOpen() {
        Tally tally = of(5);
        tally.yes();
        tally.no(tally.others().get(0), SILENCE);
        same(false, tally.hasCarried(), 5, 2, 1, "Has the vote carried?");
        same(false, tally.hasFailed(), 5, 2, 1, "Has the vote failed?");
        tally.yes();
        same(true, tally.hasCarried(), 5, 3, 1, "Has the vote carried?");
        same(false, tally.hasFailed(), 5, 3, 1, "Has the vote failed?");
    }
}
