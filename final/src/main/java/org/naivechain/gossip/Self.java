package org.naivechain.gossip;

import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** What a node says of itself. For the node's thread only. */
final class Self {
    private final GossipListener host;
    private Rumour rumour;

    Self(Peer self, GossipListener host) {
        this.host = host;
        this.rumour = new Rumour(self.id(), self.address(), 0, Rumour.State.ALIVE, host.height());
    }

    PeerId id() {
        return rumour.id();
    }

    PeerAddress address() {
        return rumour.address();
    }

    Peer peer() {
        return rumour.peer();
    }

    boolean hasLeft() {
        return rumour.isGone();
    }

    Rumour rumour() {
        Height height = host.height();
        // Of one incarnation the longer chain would be believed.
        boolean shrunk = rumour.height().isBeyond(height);
        become(rumour.incarnation() + (shrunk ? 1 : 0), rumour.state(), height);
        return rumour;
    }

    /** Contradicts what others say of this node, if it is worse or from a former life. */
    boolean contradict(Rumour said) {
        long leap = said.incarnation() - rumour().incarnation();
        boolean wrong = leap > 0 || leap == 0 && said.state() != rumour.state();
        if (!wrong || leap > Table.MAX_LEAP || said.incarnation() == Rumour.MAX_INCARNATION) {
            return false;
        }
        become(said.incarnation() + 1, rumour.state(), rumour.height());
        return true;
    }

    /** From now on this node says that it is gone. */
    void leave() {
        become(rumour.incarnation() + 1, Rumour.State.GONE, rumour.height());
    }

    private void become(long incarnation, Rumour.State state, Height height) {
        rumour = new Rumour(id(), address(), Math.min(incarnation, Rumour.MAX_INCARNATION), state, height);
    }

    /** Whether others mean this node by an address; which it is at a wildcard, only they can tell. */
    boolean isAt(PeerAddress address) {
        return address().seenFrom(address.host()).equals(address);
    }
}
