package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;

/**
 * Calls members back at the address that the members agreed on. A proposer that cannot be called there can take no adds. And if
 * another run of the program answers there, two nodes use one id, as when a data directory was copied: only the one that
 * answers is the member. It also answers such calls. For the node's thread only.
 */
final class Callback {
    /** How often a proposer is called. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A proposer that has not answered for this long cannot be called. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Member member;
    private final BallotBox box;
    private Ballot ballot = Ballot.NONE;
    private Instant lastAnswer = Instant.MIN;
    private Instant nextCall = Instant.MIN;
    private boolean answers = true;

    Callback(Member member, BallotBox box) {
        this.member = member;
        this.box = box;
    }

    /** Says which run of the program answers here, and how far the member that calls is known to have been. */
    Reply answer(BallotCommand.Identify question) {
        return new BallotReply.Identified(member.id(), member.run(), box.seen(question.peerId()));
    }

    /** Calls a candidate, and tells what speaks against it; nothing if the very run answers that asks for promises. */
    void call(Peer candidate, long run, Consumer<Optional<String>> then) {
        send(candidate, outcome -> then.accept(objection(candidate, run, outcome)));
    }

    private static Optional<String> objection(Peer candidate, long run, Outcome outcome) {
        if (!(outcome instanceof BallotReply.Identified identified)) {
            return Optional.of(candidate + " cannot be called there (" + outcome + "), as a proposer must be");
        }
        return identified.run() == run
                ? Optional.empty()
                : Optional.of("another node with the id " + identified.peerId() + " answers at " + candidate.address()
                        + ", and an id belongs to one node: start the one that asks with an empty --data-dir");
    }

    /** Notes that a proposer speaks, and calls it from time to time. */
    void heardOf(Ballot now, Peer proposer) {
        Instant moment = member.context().time().now();
        if (!now.equals(ballot)) {
            ballot = now;
            lastAnswer = moment;
            nextCall = moment;
        }
        if (!moment.isBefore(nextCall)) {
            nextCall = moment.plus(PAUSE);
            send(proposer, outcome -> {
                if (now.equals(ballot) && isFrom(proposer, outcome)) {
                    lastAnswer = member.context().time().now();
                }
            });
        }
        boolean before = answers;
        answers = moment.isBefore(lastAnswer.plus(PATIENCE));
        if (before && !answers) {
            member.context()
                    .log()
                    .warn("The proposer {} cannot be called there: this node looks for another one", proposer);
        }
    }

    /** Whether the proposer that was heard of last can be called. */
    boolean isAnswered() {
        return answers;
    }

    /** Whether a node has answered itself. One of the version before refuses the question: it is there, and knows nothing. */
    static boolean isFrom(Peer proposer, Outcome outcome) {
        return outcome instanceof BallotReply.Identified identified
                ? identified.peerId().equals(proposer.id())
                : outcome instanceof Reply;
    }

    private void send(Peer to, Consumer<Outcome> then) {
        member.send(to, new BallotCommand.Identify(member.id()), then);
    }
}
