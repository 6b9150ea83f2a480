package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.slf4j.event.Level;

/**
 * SWIM's dissemination: a node that calls another tells what is new, and is told what is new there (section 4.1). A node that
 * is suspected is told so by everyone who calls it (as in Dadgar, Phillips, Currey, <i>Lifeguard</i>, 2017, section IV-C), and
 * contradicts under a higher incarnation. For the node's thread only.
 */
final class Dissemination {
    private static final int MAX = GossipCommand.Gossip.MAX_DIGEST;

    /** So many nodes are told at once to a node that knows few; the rest of the message is left for news. */
    private static final int PAGE = MAX * 9 / 10;

    private final Self self;
    private final GossipListener host;
    private final Gossip.Ports ports;
    private final Table table;
    private final Retries retries;

    Dissemination(Self self, GossipListener host, Gossip.Ports ports, Table table, Retries retries) {
        this.self = self;
        this.host = host;
        this.ports = ports;
        this.table = table;
        this.retries = retries;
    }

    /**
     * Tells a node what is new, and hears what it has to tell.
     *
     * @param expected the node that should be there, if that is known
     * @param then told which node is there, if it is one of this program; nothing is told once this node has left
     */
    void tell(PeerAddress to, Optional<KnownNode> expected, Consumer<Optional<PeerId>> then) {
        List<Rumour> digest = new ArrayList<>();
        expected.map(KnownNode::rumour).filter(rumour -> !rumour.isAlive()).ifPresent(digest::add);
        table.tell(MAX, digest);
        tell(to, 0, digest, expected, then);
    }

    private void tell(
            PeerAddress to,
            int from,
            List<Rumour> digest,
            Optional<KnownNode> expected,
            Consumer<Optional<PeerId>> then) {
        Instant start = ports.time().now();
        ports.network().send(to, new GossipCommand.Gossip(self.rumour(), table.size(), from, digest), outcome -> {
            if (self.hasLeft()) {
                return;
            }
            if (outcome instanceof GossipReply.Gossiped gossiped) {
                Optional<PeerId> teller = answered(to, gossiped, start);
                then.accept(teller);
                if (teller.isPresent()) {
                    askOn(to, gossiped.known(), from);
                }
            } else if (outcome instanceof Reply.Refusal) {
                ports.complaints().log("{} refused gossip: {}", to, outcome);
                // A node that refuses is there, whatever it has against this one.
                then.accept(expected.map(KnownNode::id));
            } else {
                then.accept(Optional.empty());
            }
        });
    }

    /** A node that knows more than one message holds tells page after page. */
    private void askOn(PeerAddress teller, int known, int from) {
        int next = from + PAGE;
        boolean isWorthIt = table.size() + (from > 0 ? 0 : Table.IN_TURN) < known;
        if (isWorthIt && next < Math.min(known, Table.MAX_NODES)) {
            tell(teller, next, List.of(), Optional.empty(), unused -> {});
        }
    }

    private Optional<PeerId> answered(PeerAddress at, GossipReply.Gossiped gossiped, Instant start) {
        Rumour teller = gossiped.self().seenFrom(at.host());
        Optional<PeerId> id = Optional.of(teller.id());
        if (teller.id().equals(self.id()) && retries.removeContact(at)) {
            ports.log().info("The contact {} is this node itself", at);
            return id;
        }
        if (refusal(teller, "the gossip of " + at, why -> ports.network().accuse(at, Misbehaviour.FALSE_ID, why))
                .isPresent()) {
            return Optional.empty();
        }
        believe(teller);
        host.answered(teller);
        Instant now = ports.time().now();
        table.find(teller.id()).ifPresent(member -> member.answered(now, Duration.between(start, now)));
        gossiped.digest().forEach(this::hear);
        return id;
    }

    /** Takes in what another node tells, and answers with what is new here. */
    Reply hear(Sender from, GossipCommand.Gossip gossip) {
        if (self.hasLeft()) {
            return new Reply.Refusal("this node is stopping");
        }
        Rumour sender = gossip.self().seenFrom(from.host());
        List<Rumour> digest = new ArrayList<>();
        // A contact may turn out to be this node itself.
        if (!sender.peer().equals(self.peer())) {
            Optional<String> refusal =
                    refusal(sender, "gossip from " + from.host(), why -> from.accuse(Misbehaviour.FALSE_ID, why));
            if (refusal.isPresent()) {
                return new Reply.Refusal(refusal.get());
            }
            Instant now = ports.time().now();
            boolean all = gossip.from() > 0 || table.isToBeToldAll(sender.id(), gossip.known(), now);
            believe(sender);
            Optional<KnownNode> member = table.find(sender.id());
            member.ifPresent(known -> known.heard(now));
            gossip.digest().forEach(this::hear);
            member.map(KnownNode::rumour)
                    .filter(said -> !said.isAlive() || said.incarnation() > sender.incarnation())
                    .ifPresent(digest::add);
            if (all) {
                table.tellPage(gossip.from(), PAGE, digest);
            }
            table.tell(MAX, digest);
        }
        return new GossipReply.Gossiped(self.rumour(), table.size(), digest);
    }

    private void hear(Rumour rumour) {
        if (rumour.id().equals(self.id())) {
            hearOfThisNode(rumour);
        } else if (!table.knows(rumour)) {
            Optional<String> objection = objection(rumour);
            if (objection.isEmpty()) {
                believe(rumour);
            } else if (!rumour.isGone() || table.find(rumour.id()).isPresent()) {
                // That a node is gone which was never heard of here is told for minutes, if another has its place.
                ports.complaints().log("Does not believe what it hears: {}", objection.get());
            }
        }
    }

    private void hearOfThisNode(Rumour rumour) {
        if (!self.isAt(rumour.address())) {
            // It may be its own former life; if it is not, others must know better than to mix the two up.
            ports.complaints()
                    .log(
                            "This node's id {} is said to be at {}, and it is at {}: if its data directory was copied, only the"
                                    + " node where the others call it is a member",
                            rumour.id(),
                            rumour.address(),
                            self.address());
        }
        if (self.contradict(rumour)) {
            ports.log().debug("Contradicted that this node is {}", rumour.state());
        }
    }

    /**
     * Why what a node says of itself is refused, if it is. A node that has taken the id of this node or of a registered one is
     * accused. Of other ids it proves nothing: the node that is known at another address may be the liar.
     */
    private Optional<String> refusal(Rumour claim, String what, Consumer<String> accuse) {
        Optional<String> objection = objection(claim);
        objection.ifPresent(why -> {
            ports.complaints().log("Refused {}: {}", what, why);
            boolean isAnothersId = claim.id().equals(self.id())
                    || host.registered().stream()
                            .anyMatch(peer -> peer.id().equals(claim.id())
                                    && !peer.address().equals(claim.address()));
            if (isAnothersId) {
                accuse.accept(why);
            }
        });
        return objection;
    }

    private Optional<String> objection(Rumour rumour) {
        if (rumour.id().equals(self.id())) {
            return Optional.of("the id " + rumour.id() + " is this node's own");
        }
        if (rumour.address().equals(self.address())) {
            return Optional.of("the address " + rumour.address() + " is this node's own");
        }
        return table.objection(rumour);
    }

    /** Takes in a rumour to which there is no objection, and tells this node what has changed. */
    void believe(Rumour rumour) {
        Optional<Rumour> before = table.find(rumour.id()).map(KnownNode::rumour);
        table.believe(rumour, ports.time().now());
        table.find(rumour.id()).map(KnownNode::rumour).ifPresent(now -> {
            if (before.isEmpty() || before.get().state() != now.state()) {
                // That a node comes is logged where it joins; a newcomer to a large network finds thousands at once.
                ports.log()
                        .atLevel(before.isEmpty() && now.isAlive() ? Level.DEBUG : Level.INFO)
                        .log("Peer {} is {}, in incarnation {}", now.peer(), now.state(), now.incarnation());
                host.heard(now);
            } else if (now.height().isBeyond(before.get().height())) {
                host.grown(now);
            }
        });
    }
}
