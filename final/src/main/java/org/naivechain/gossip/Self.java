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

    Rumour rumour() {
        Height height = host.height();
        if (!height.equals(rumour.height())) {
            // Of one incarnation the longer chain would be believed.
            boolean shrunk = rumour.height().isBeyond(height);
            long incarnation = rumour.incarnation() + (shrunk && !isSpent(rumour) ? 1 : 0);
            rumour = new Rumour(rumour.id(), rumour.address(), incarnation, rumour.state(), height);
        }
        return rumour;
    }

    /** Contradicts what others say of this node, if it is worse or from a former life. */
    boolean contradict(Rumour said) {
        boolean wrong = said.incarnation() > rumour.incarnation()
                || said.incarnation() == rumour.incarnation() && said.state() != rumour.state();
        if (!wrong || isSpent(said)) {
            return false;
        }
        rumour = new Rumour(rumour.id(), rumour.address(), said.incarnation() + 1, rumour.state(), rumour.height());
        return true;
    }

    /** From now on this node says that it is gone. */
    void leave() {
        long incarnation = rumour.incarnation() + (isSpent(rumour) ? 0 : 1);
        rumour = new Rumour(rumour.id(), rumour.address(), incarnation, Rumour.State.GONE, rumour.height());
    }

    /** Whether others mean this node by an address; which it is at a wildcard, only they can tell. */
    boolean isAt(PeerAddress address) {
        PeerAddress own = rumour.address();
        return own.seenFrom(address.host()).equals(address);
    }

    private static boolean isSpent(Rumour rumour) {
        return rumour.incarnation() >= Rumour.MAX_INCARNATION;
    }
}
