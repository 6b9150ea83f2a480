package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;

/**
 * SWIM's failure detection. Every period a few nodes are called, each in its turn (section 4.3). A node that does not answer is
 * tried through others (section 3.1). If these do not reach it either, it is suspect (section 4.2), and gone if it does not
 * contradict in time. For the node's thread only.
 */
final class FailureDetector {
    private static final Duration PERIOD = Gossip.PERIOD;
    private static final Duration HALF = PERIOD.dividedBy(2);
    /** Long after everybody has heard that a node is gone, so that it does not come back as news. */
    private static final Duration FORGET = Duration.ofMinutes(10);

    private static final int CALLS = 3;
    private static final int HELPERS = 3;
    /** A stranger that makes up nodes must not have this one call the whole world for it. */
    private static final int MAX_RETRIES = 10;

    private static final int MAX_PROBES = 30;

    private final Self self;
    private final Gossip.Ports ports;
    private final Table table;
    private final Retries retries;
    private final Dissemination dissemination;
    private List<Call> calls = List.of();
    private Instant nextPeriod = Instant.MAX;
    private int probes;

    /** One node that was called, and whether it has answered, itself or through others. */
    private static final class Call {
        private final KnownNode member;
        private boolean answered;

        Call(KnownNode member) {
            this.member = member;
        }

        boolean isMissed() {
            return !answered && member.isAlive();
        }
    }

    FailureDetector(Self self, Gossip.Ports ports, Table table, Retries retries, Dissemination dissemination) {
        this.self = self;
        this.ports = ports;
        this.table = table;
        this.retries = retries;
        this.dissemination = dissemination;
    }

    void begin() {
        Duration first = Duration.ofMillis(ports.random().nextInt((int) PERIOD.toMillis()));
        nextPeriod = ports.time().now().plus(first);
        ports.time().after(first, this::period);
    }

    private void period() {
        if (self.hasLeft()) {
            return;
        }
        ports.time().after(PERIOD, this::period);
        Instant now = ports.time().now();
        judge(now);
        nextPeriod = now.plus(PERIOD);
        probes = 0;
        table.forget(now.minus(FORGET), retries.wanted());
        retries.due(self.address(), now, MAX_RETRIES).forEach(this::retry);
        calls = table.next(CALLS).stream().map(Call::new).toList();
        for (Call call : calls) {
            dissemination.tell(
                    call.member.address(),
                    Optional.of(call.member),
                    teller -> call.answered |= teller.equals(Optional.of(call.member.id())));
        }
        ports.time().after(HALF, this::askOthers);
    }

    private void judge(Instant now) {
        if (now.isAfter(nextPeriod.plus(HALF))) {
            // This node itself was held up, and what was answered may not have reached it yet.
            table.waitAnew(now);
            return;
        }
        for (Call call : calls) {
            if (call.isMissed()) {
                ports.log().info("Peer {} does not answer", call.member.rumour().peer());
                dissemination.believe(call.member.rumour().in(Rumour.State.SUSPECT));
            }
        }
        for (KnownNode member : table.suspectSince(now.minus(table.suspicion()))) {
            dissemination.believe(member.rumour().in(Rumour.State.GONE));
        }
    }

    private void retry(PeerAddress address) {
        Optional<KnownNode> expected = table.gone().stream()
                .filter(member -> member.address().equals(address))
                .findFirst();
        dissemination.tell(
                address,
                expected,
                teller -> retries.called(address, teller, ports.time().now()));
    }

    /** Perhaps only the way to a node is broken, and not the node. */
    private void askOthers() {
        if (self.hasLeft()) {
            return;
        }
        for (Call call : calls) {
            if (call.isMissed()) {
                var probe = new GossipCommand.Probe(call.member.id(), call.member.address());
                for (KnownNode helper : table.some(HELPERS, call.member)) {
                    ports.network()
                            .send(helper.address(), probe, outcome -> call.answered |= outcome instanceof Reply.Ack);
                }
            }
        }
    }

    /** Tries a node for another that does not reach it. */
    void probe(GossipCommand.Probe probe, Consumer<Reply> answer) {
        boolean known = table.find(probe.id())
                .filter(member -> member.address().equals(probe.address()))
                .isPresent();
        if (self.hasLeft() || !known || ++probes > MAX_PROBES) {
            answer.accept(new Reply.Refusal(
                    known ? "this node has no time to probe" : probe.id() + " is not known at " + probe.address()));
            return;
        }
        ports.network().send(probe.address(), new PeerCommand.Ping(), outcome -> {
            boolean isThere =
                    outcome instanceof Reply.Pong pong && pong.peerId().equals(probe.id());
            answer.accept(isThere ? Reply.ACK : new Reply.Refusal(probe.id() + " does not answer here either"));
        });
    }
}
