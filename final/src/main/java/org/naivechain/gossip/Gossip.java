package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Finds nodes and tells who is there (Das, Gupta, Motivala, <i>SWIM: Scalable Weakly-consistent Infection-style Process Group
 * Membership Protocol</i>, DSN 2002, with suspicion, section 4.2, and calls in turn, section 4.3).
 *
 * <p>Every period a node tells a few others what it has heard, and they answer with what they have. Who does not answer is
 * tried through others; if these do not reach it either, it is suspect, and gone if it does not contradict in time. Who is
 * suspected is told so by everyone who calls it (as in Dadgar, Phillips, Currey, <i>Lifeguard</i>, 2017, section IV-C), and
 * contradicts under a higher incarnation. All of it informs only: nobody loses a vote by it.
 *
 * <p>For the node's thread only.
 */
public final class Gossip implements CommandHandler<GossipCommand> {
    /** How often a node calls others. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Duration HALF = PERIOD.dividedBy(2);

    /** Long after everybody has heard that it is gone, so that it does not come back as news. */
    private static final Duration FORGET = Duration.ofMinutes(10);

    private static final int CALLS = 3;
    private static final int HELPERS = 3;

    /** Who makes up nodes must not have this one call the whole world for them. */
    private static final int MAX_RETRIES = 10;

    private static final int MAX_PROBES = 30;

    /** So many nodes are told at once to who knows few; the rest of the message is left for news. */
    private static final int PAGE = GossipCommand.Gossip.MAX_DIGEST * 9 / 10;

    private final Self self;
    private final GossipListener host;
    private final Ports ports;
    private final Table table;
    private final Retries retries;
    /** The addresses that a user gave, and who answered there last. */
    private final Map<PeerAddress, Optional<PeerId>> contacts = new LinkedHashMap<>();

    private List<Call> calls = List.of();
    private Instant nextPeriod = Instant.MAX;
    private int probes;
    private boolean left;

    /**
     * What a gossiping node needs of the world.
     *
     * @param network the way to other nodes
     * @param time its clock
     * @param random its source of chance
     * @param log where it says what it learns
     * @param complaints where it says what others do wrong
     */
    public record Ports(Network network, Time time, RandomGenerator random, Logger log, Complaints complaints) {}

    /**
     * A node that knows nobody; it only answers until it is told to begin.
     *
     * @param self its id and the address at which others can call it
     * @param host the node that gossips
     * @param ports what it needs of the world
     */
    public Gossip(Peer self, GossipListener host, Ports ports) {
        this.self = new Self(self, host);
        this.host = host;
        this.ports = ports;
        this.table = new Table(ports.random());
        this.retries = new Retries(ports.random());
    }

    /** Begins to call others, at a random moment, so that not all nodes do at the same one. */
    public void begin() {
        Duration first = Duration.ofMillis(ports.random().nextInt((int) PERIOD.toMillis()));
        nextPeriod = ports.time().now().plus(first);
        ports.time().after(first, this::period);
    }

    /**
     * Has an address called, until a node of this program answers there, and again whenever that is gone.
     *
     * @param address where a node may listen, now or later
     */
    public void contact(PeerAddress address) {
        contacts.putIfAbsent(address, Optional.empty());
    }

    /**
     * Tells a few others that this node stops, so that they need not find out; nothing is told or heard afterwards.
     *
     * @param then called once, when they have heard it, or after half a second
     */
    public void goodbye(Runnable then) {
        left = true;
        self.leave();
        Set<KnownNode> told = table.some(CALLS, null);
        Goodbye ending = new Goodbye(told.size(), then);
        var goodbye = new GossipCommand.Gossip(self.rumour(), table.size(), 0, List.of());
        told.forEach(member -> ports.network().send(member.address(), goodbye, outcome -> ending.isHeard()));
        ports.time().after(told.isEmpty() ? Duration.ZERO : HALF, ending::isOver);
    }

    /** Waits for those who are told goodbye, but not for long. */
    private static final class Goodbye {
        private final Runnable then;
        private int unheard;
        private boolean over;

        Goodbye(int told, Runnable then) {
            this.unheard = told;
            this.then = then;
        }

        void isHeard() {
            if (--unheard == 0) {
                isOver();
            }
        }

        void isOver() {
            if (!over) {
                over = true;
                then.run();
            }
        }
    }

    /** {@return how many other nodes are there: those that are not gone, as far as this node has heard} */
    public int others() {
        return table.size();
    }

    /** {@return the other nodes, as far as this one has heard of them, a copy, in no particular order} */
    public List<Seen> seen() {
        return table.all().stream().map(KnownNode::seen).toList();
    }

    /**
     * What this node has heard of another.
     *
     * @param id the other
     * @return nothing if it has heard nothing
     */
    public Optional<Seen> seen(PeerId id) {
        return table.find(id).map(KnownNode::seen);
    }

    // Calling.

    /** One node that was called, and whether it has answered, itself or through others. */
    private static final class Call {
        private final KnownNode member;
        private boolean answered;

        Call(KnownNode member) {
            this.member = member;
        }
    }

    private void period() {
        if (left) {
            return;
        }
        ports.time().after(PERIOD, this::period);
        Instant now = ports.time().now();
        judge(now);
        nextPeriod = now.plus(PERIOD);
        probes = 0;
        Set<PeerId> kept = new LinkedHashSet<>();
        host.registered().forEach(peer -> kept.add(peer.id()));
        contacts.values().forEach(answered -> answered.ifPresent(kept::add));
        table.forget(now.minus(FORGET), kept::contains);
        retries.due(missing(), now, MAX_RETRIES).forEach(this::retry);
        calls = table.next(CALLS).stream().map(Call::new).toList();
        calls.forEach(call -> tell(call.member.address(), Optional.of(call.member), teller -> {
            call.answered |= teller.isPresent() && teller.get().equals(call.member.id());
        }));
        ports.time().after(HALF, this::askOthers);
    }

    private void judge(Instant now) {
        if (now.isAfter(nextPeriod.plus(HALF))) {
            // This node itself was held up, and what was answered may not have reached it yet.
            table.waitAnew(now);
            return;
        }
        for (Call call : calls) {
            if (!call.answered && call.member.isAlive()) {
                ports.log().info("Peer {} does not answer", call.member.rumour().peer());
                believe(call.member.rumour().in(Rumour.State.SUSPECT));
            }
        }
        for (KnownNode member : table.suspectSince(now.minus(table.suspicion(PERIOD)))) {
            believe(member.rumour().in(Rumour.State.GONE));
        }
    }

    /** The addresses at which somebody should be, and is not. */
    private Set<PeerAddress> missing() {
        Set<PeerAddress> missing = new LinkedHashSet<>();
        contacts.forEach((address, answered) -> {
            if (!table.isThere(address) && !answered.map(table::isThere).orElse(false)) {
                missing.add(address);
            }
        });
        for (Peer peer : host.registered()) {
            if (!table.isThere(peer.id())) {
                missing.add(peer.address());
            }
        }
        table.gone().forEach(member -> missing.add(member.address()));
        missing.remove(self.address());
        return missing;
    }

    private void retry(PeerAddress address) {
        Optional<KnownNode> expected = table.gone().stream()
                .filter(member -> member.address().equals(address))
                .findFirst();
        tell(address, expected, teller -> {
            if (teller.isPresent()) {
                contacts.computeIfPresent(address, (contact, before) -> teller);
                retries.succeeded(address);
            } else {
                retries.failed(address, ports.time().now());
            }
        });
    }

    /** Tells a node what is new, and hears what it has to tell, and who it is, if it is one of this program. */
    private void tell(PeerAddress to, Optional<KnownNode> expected, Consumer<Optional<PeerId>> then) {
        tell(to, expected, then, 0);
    }

    private void tell(PeerAddress to, Optional<KnownNode> expected, Consumer<Optional<PeerId>> then, int from) {
        Instant start = ports.time().now();
        List<Rumour> digest = new ArrayList<>();
        if (from == 0) {
            expected.filter(member -> !member.isAlive()).map(KnownNode::rumour).ifPresent(digest::add);
            table.tell(GossipCommand.Gossip.MAX_DIGEST, digest);
        }
        var gossip = new GossipCommand.Gossip(self.rumour(), table.size(), from, digest);
        ports.network().send(to, gossip, outcome -> {
            if (left) {
                return;
            }
            if (outcome instanceof GossipReply.Gossiped gossiped) {
                Optional<PeerId> teller = answered(to, gossiped, start);
                then.accept(teller);
                if (teller.isPresent()) {
                    askOn(to, gossiped.known(), from);
                }
            } else {
                boolean ours = outcome instanceof Reply.Refusal;
                if (ours) {
                    ports.complaints().log("{} refused gossip: {}", to, outcome);
                }
                // Who refuses is there, whatever it has against this node.
                then.accept(ours ? expected.map(KnownNode::id) : Optional.empty());
            }
        });
    }

    /** Who knows so many that one message does not hold them tells page after page. */
    private void askOn(PeerAddress teller, int known, int from) {
        int next = from + PAGE;
        boolean isWorthIt = table.size() + (from > 0 ? 0 : Table.IN_TURN) < known;
        if (isWorthIt && next < Math.min(known, Table.MAX_NODES)) {
            tell(teller, Optional.empty(), unused -> {}, next);
        }
    }

    private Optional<PeerId> answered(PeerAddress at, GossipReply.Gossiped gossiped, Instant start) {
        Rumour teller = gossiped.self().at(gossiped.self().address().seenFrom(at.host()));
        if (teller.id().equals(self.id()) && contacts.remove(at) != null) {
            ports.log().info("The contact {} is this node itself", at);
            return Optional.of(teller.id());
        }
        Optional<String> objection = objection(teller);
        if (objection.isPresent()) {
            ports.complaints().log("Refused the gossip of {}: {}", at, objection.get());
            if (isAnothersId(teller)) {
                ports.network().accuse(at, Misbehaviour.FALSE_ID, objection.get());
            }
            return Optional.empty();
        }
        believe(teller);
        host.answered(teller);
        Instant now = ports.time().now();
        table.find(teller.id()).ifPresent(member -> member.answered(now, Duration.between(start, now)));
        gossiped.digest().forEach(this::hear);
        return Optional.of(teller.id());
    }

    /** Perhaps only the way to a node is broken, and not the node. */
    private void askOthers() {
        for (Call call : calls) {
            if (!call.answered && call.member.isAlive() && !left) {
                var probe = new GossipCommand.Probe(call.member.id(), call.member.address());
                for (KnownNode helper : table.some(HELPERS, call.member)) {
                    ports.network()
                            .send(helper.address(), probe, outcome -> call.answered |= outcome instanceof Reply.Ack);
                }
            }
        }
    }

    // Hearing.

    @Override
    public void receive(Sender sender, GossipCommand command, Consumer<Reply> answer) {
        command.accept(new GossipCommand.Visitor() {
            @Override
            public void gossip(GossipCommand.Gossip gossip) {
                answer.accept(hear(sender, gossip));
            }

            @Override
            public void probe(GossipCommand.Probe probe) {
                Gossip.this.probe(probe, answer);
            }
        });
    }

    private Reply hear(Sender from, GossipCommand.Gossip gossip) {
        if (left) {
            return new Reply.Refusal("this node is stopping");
        }
        Rumour sender = gossip.self().at(gossip.self().address().seenFrom(from.host()));
        if (sender.peer().equals(new Peer(self.id(), self.address()))) {
            // A contact that turns out to be this node itself.
            return new GossipReply.Gossiped(self.rumour(), table.size(), List.of());
        }
        Optional<String> objection = objection(sender);
        if (objection.isPresent()) {
            ports.complaints().log("Refused gossip from {}: {}", from.host(), objection.get());
            if (isAnothersId(sender)) {
                from.accuse(Misbehaviour.FALSE_ID, objection.get());
            }
            return new Reply.Refusal(objection.get());
        }
        Instant youngSince = ports.time().now().minus(table.suspicion(PERIOD));
        boolean all = gossip.from() > 0 || table.isToBeToldAll(sender.id(), gossip.known(), youngSince);
        believe(sender);
        Instant now = ports.time().now();
        Optional<KnownNode> member = table.find(sender.id());
        member.ifPresent(known -> known.heard(now));
        gossip.digest().forEach(this::hear);
        Optional<Rumour> wrong = member.map(KnownNode::rumour)
                .filter(said -> !said.isAlive() || said.incarnation() > sender.incarnation());
        List<Rumour> digest = new ArrayList<>();
        wrong.ifPresent(digest::add);
        if (all) {
            table.tellPage(gossip.from(), PAGE, digest);
        }
        table.tell(GossipCommand.Gossip.MAX_DIGEST, digest);
        return new GossipReply.Gossiped(self.rumour(), table.size(), digest);
    }

    private void probe(GossipCommand.Probe probe, Consumer<Reply> answer) {
        boolean known = table.find(probe.id())
                .filter(member -> member.address().equals(probe.address()))
                .isPresent();
        if (left || !known || ++probes > MAX_PROBES) {
            answer.accept(new Reply.Refusal(
                    known ? "this node has no time to probe" : probe.id() + " is not known at " + probe.address()));
            return;
        }
        ports.network().send(probe.address(), new PeerCommand.Ping(), outcome -> answer.accept(probed(probe, outcome)));
    }

    private static Reply probed(GossipCommand.Probe probe, Outcome outcome) {
        return outcome instanceof Reply.Pong pong && pong.peerId().equals(probe.id())
                ? Reply.ACK
                : new Reply.Refusal(probe.id() + " does not answer here either");
    }

    private void hear(Rumour rumour) {
        if (rumour.id().equals(self.id())) {
            hearOfItself(rumour);
        } else if (!table.knows(rumour)) {
            Optional<String> objection = objection(rumour);
            if (objection.isEmpty()) {
                believe(rumour);
            } else if (!rumour.isGone() || table.find(rumour.id()).isPresent()) {
                // That one who was never heard of here is gone, is told for minutes of who had the place of another.
                ports.complaints().log("Does not believe what it hears: {}", objection.get());
            }
        }
    }

    private void hearOfItself(Rumour rumour) {
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
        if (rumour.incarnation() - self.rumour().incarnation() <= Table.MAX_LEAP && self.contradict(rumour)) {
            ports.log().debug("Contradicted that this node is {}", rumour.state());
        }
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

    /**
     * Whether who says this of itself has taken the id of this node or of a registered one. Of others it proves nothing: who is
     * known at another address may be the liar.
     */
    private boolean isAnothersId(Rumour claim) {
        return claim.id().equals(self.id())
                || host.registered().stream()
                        .anyMatch(peer ->
                                peer.id().equals(claim.id()) && !peer.address().equals(claim.address()));
    }

    private void believe(Rumour rumour) {
        boolean known = table.find(rumour.id()).isPresent();
        Table.Change change = table.believe(rumour, ports.time().now());
        if (change == Table.Change.STATE || change == Table.Change.GROWN) {
            Rumour believed = table.find(rumour.id()).orElseThrow().rumour();
            if (change == Table.Change.GROWN) {
                host.grown(believed);
            } else {
                // That somebody comes is told where it joins; a newcomer to a large network finds thousands at once.
                ports.log()
                        .atLevel(known || !believed.isAlive() ? Level.INFO : Level.DEBUG)
                        .log("Peer {} is {}", believed.peer(), believed.state());
                host.heard(believed);
            }
        }
    }
}
