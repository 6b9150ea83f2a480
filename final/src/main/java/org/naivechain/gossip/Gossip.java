package org.naivechain.gossip;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;

/**
 * Finds nodes and tells which are there (Das, Gupta, Motivala, <i>SWIM: Scalable Weakly-consistent Infection-style Process
 * Group Membership Protocol</i>, DSN 2002). As in SWIM, there are two parts: {@code FailureDetector} finds out whether others
 * answer, and {@code Dissemination} carries what is known of nodes, with the same messages. All of it informs only: no node
 * loses a vote by it. For the node's thread only.
 */
public final class Gossip implements CommandHandler<GossipCommand> {
    /** How often a node calls others. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private static final int TOLD_GOODBYE = 3;

    private final Self self;
    private final Ports ports;
    private final Table table;
    private final Retries retries;
    private final Dissemination dissemination;
    private final FailureDetector detector;

    /** What a gossiping node needs of the world; it logs what it learns, and complains of what others do wrong. */
    public record Ports(Network network, Time time, RandomGenerator random, Logger log, Complaints complaints) {}

    /** A node that knows no other; it only answers until it is told to begin. */
    public Gossip(Peer self, GossipListener host, Ports ports) {
        this.self = new Self(self, host);
        this.ports = ports;
        this.table = new Table(ports.random());
        this.retries = new Retries(table, host, ports.random());
        this.dissemination = new Dissemination(this.self, host, ports, table, retries);
        this.detector = new FailureDetector(this.self, ports, table, retries, dissemination);
    }

    /** Begins to call others, at a random moment, so that not all nodes do at the same one. */
    public void begin() {
        detector.begin();
    }

    /** Has an address called until a node of this program answers there, and again whenever that node is gone. */
    public void contact(PeerAddress address) {
        retries.contact(address);
    }

    /**
     * Tells a few others that this node stops, so that they need not find out; nothing is told or heard afterwards.
     *
     * @param then called once, when they have heard it, or after half a second
     */
    public void goodbye(Runnable then) {
        self.leave();
        Set<KnownNode> unheard = table.some(TOLD_GOODBYE, null);
        List<KnownNode> told = List.copyOf(unheard);
        Time.Timer end = ports.time().after(told.isEmpty() ? Duration.ZERO : PERIOD.dividedBy(2), () -> {
            unheard.clear();
            then.run();
        });
        var goodbye = new GossipCommand.Gossip(self.rumour(), table.size(), 0, List.of());
        told.forEach(member -> ports.network().send(member.address(), goodbye, outcome -> {
            if (unheard.remove(member) && unheard.isEmpty()) {
                end.cancel();
                then.run();
            }
        }));
    }

    /** {@return how many other nodes are there: those that are not gone, as far as this node has heard} */
    public int others() {
        return table.size();
    }

    /** {@return the other nodes, as far as this one has heard of them, a copy, in no particular order} */
    public List<Seen> seen() {
        return table.all().stream().map(KnownNode::seen).toList();
    }

    /** {@return what this node has heard of another, if anything} */
    public Optional<Seen> seen(PeerId id) {
        return table.find(id).map(KnownNode::seen);
    }

    @Override
    public void receive(Sender sender, GossipCommand command, Consumer<Reply> answer) {
        command.accept(new GossipCommand.Visitor() {
            @Override
            public void gossip(GossipCommand.Gossip gossip) {
                answer.accept(dissemination.hear(sender, gossip));
            }

            @Override
            public void probe(GossipCommand.Probe probe) {
                detector.probe(probe, answer);
            }
        });
    }
}
