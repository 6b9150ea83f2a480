package org.naivechain.consensus.majority;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;
import org.slf4j.LoggerFactory;

class AppendingDecisionsCheck {
    private static final Ballot BALLOT = OneMember.ballot(1, "p1");

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final OneMember member = new OneMember(3, new MemoryBallotBox(), Durability.NONE, log());

    private Logger log() {
        Logger log = (Logger) LoggerFactory.getLogger("CHECK");
        log.detachAndStopAllAppenders();
        log.setAdditive(false);
        log.setLevel(Level.INFO);
        log.addAppender(logged);
        logged.start();
        return log;
    }

    private long errors() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .count();
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Has a batch appended, and nothing else. */
    private void append(Batch batch) {
        logged.list.clear();
        new Learner(member.context, new Acceptor(member.ledger, member.box)).append(batch);
    }

    private Reply hear(BallotCommand command) {
        Reply[] answer = new Reply[1];
        member.receive(command, reply -> answer[0] = reply);
        return answer[0];
    }

    private static BallotCommand.Decide decided(Batch batch) {
        List<Block> blocks = batch.blocks();
        return new BallotCommand.Decide(
                BALLOT, batch.end(), blocks.get(blocks.size() - 1).hash());
    }

    @Test
    @DisplayName("A vote alone appends nothing; the decision does.")
    void appendsWhatIsDecided() {
        Batch batch = member.next("a", "b");
        hear(new BallotCommand.Propose(BALLOT, batch));
        Explain.same(
                List.of(),
                member.texts(),
                "The member has voted for two blocks, and nobody has said that they are decided. Which are in its chain?",
                "Others may vote for something else: a vote is not a decision.");
        Explain.same(
                Reply.ACK,
                hear(decided(batch)),
                "The proposer says that both are decided.",
                "The member has all that is decided, so that it can say so.");
        Explain.same(
                List.of("a", "b"),
                member.texts(),
                "Both blocks are decided, and this member voted for them. Which are in its chain?",
                "The learner appends the whole batch to the ledger: Ledger.append.");
    }

    @Test
    @DisplayName("The log says which blocks were added.")
    void logsWhatIsAdded() {
        Batch batch = member.next("a", "b");
        append(batch);
        Explain.same(
                List.of("Blocks 1 to 2 added: " + batch.blocks().get(1).hash()),
                lines(),
                "Two blocks are decided and appended. The log:",
                "Who runs a node reads there what it does: logAdded.");
    }

    @Test
    @DisplayName("A decision may be on the members: such a batch has no blocks.")
    void appendsOtherMembers() {
        List<Peer> two = member.ledger.membership().members().subList(0, 2);
        Batch batch = new Batch(
                member.ledger.chain().head().hash(),
                new Membership(
                        member.ledger.position().version() + 1,
                        member.ledger.position().length(),
                        two));
        try {
            append(batch);
        } catch (IndexOutOfBoundsException e) {
            Explain.that(
                    false,
                    "It is decided that the network has two members now, and `append` threw " + e + ".",
                    "Such a batch has no blocks that could be logged: it has batch.next().");
        }
        Explain.same(
                two,
                member.ledger.membership().members(),
                "It is decided that the network has two members now. Who are the members?",
                "The ledger appends that batch, too: Ledger.append.");
        Explain.same(
                List.of("The network has 2 members now: " + two),
                lines(),
                "It is decided that the network has two members now. The log:",
                "A batch has blocks, or the next members: batch.next().");
    }

    @Test
    @DisplayName("A decision that does not fit the chain is logged as an error, and nothing is said to be added.")
    void saysThatADecisionDoesNotFit() {
        Batch batch = member.next("theirs");
        member.ledger.append(member.next("ours"));
        append(batch);
        Explain.that(
                errors() == 1 && lines().size() == 1 && lines().get(0).contains("not the one that was decided"),
                "Block 1 here is \"ours\", and \"theirs\" is decided as block 1. The log: " + lines(),
                "Look at the verdict of Ledger.append. A Verdict.Fault is one error in the log, and then nothing was added.");
    }

    @Test
    @DisplayName("An answer to an older decision compares the block that the decision ends with.")
    void comparesTheBlockThatIsMeant() {
        Batch first = member.next("a");
        hear(new BallotCommand.Propose(BALLOT, first));
        hear(decided(first));
        Batch second = member.next("b");
        hear(new BallotCommand.Propose(BALLOT, second));
        hear(decided(second));
        Explain.same(
                Reply.ACK,
                hear(decided(first)),
                "The chain here ends with block 2, and a late message says that all is decided up to block 1.",
                "Block 1 is the same here. Which block of this chain is to be compared? Not always the head.");
    }

    @Test
    @DisplayName("A member whose chain ends in another block than the decided one says so, and keeps its chain.")
    void noticesThatItDiffers() {
        Batch ours = member.next("ours");
        Batch theirs = member.next("theirs");
        member.ledger.append(ours);
        Block here = ours.blocks().get(0);
        Block there = theirs.blocks().get(0);
        Explain.same(
                new Reply.Refusal("block 1 is " + here.hash() + " here, not " + there.hash()),
                hear(decided(theirs)),
                "Block 1 here carries \"ours\", and the proposer says that \"theirs\" was decided.",
                "This cannot happen while Paxos holds. If it does, an operator must learn of it: ACK would hide it.");
        Explain.same(
                List.of("ours"),
                member.texts(),
                "The member was told of another block 1. Which blocks are in its chain?",
                "Nobody's word replaces a block that was decided here.");
    }

    @Test
    @DisplayName("The error is logged once, and once more if the chains agreed in between.")
    void logsOnceEachTime() {
        Batch ours = member.next("ours");
        Batch theirs = member.next("theirs");
        member.ledger.append(ours);
        hear(decided(theirs));
        Explain.same(
                1L,
                errors(),
                "Block 1 here is not the one that the proposer names. How many errors are in the log?",
                "An operator must learn of it.");
        hear(decided(theirs));
        Explain.same(
                1L,
                errors(),
                "The proposer said so twice. How many errors are in the log?",
                "The proposer speaks four times a second. The same line again tells nothing: see the field `differs`.");
        hear(decided(ours));
        hear(decided(theirs));
        Explain.same(
                2L,
                errors(),
                "The proposer named another block 1, then the one that is here, then the other one again. How many errors are in"
                        + " the log?",
                "In between they were the same. What comes after that is news. When does `differs` become false again?");
    }

    @Test
    @DisplayName("A member that misses blocks does not say that it has them.")
    void saysWhatItMisses() {
        Batch far = new Batch(
                new Position(3, 1),
                member.next("x").blocks().get(0).hash(),
                member.next("y").additions());
        Reply reply = hear(decided(far));
        Explain.that(
                reply instanceof Reply.Refusal,
                "All is decided up to block 3, and this member has block 0 only. It answers " + reply + ".",
                "It fetches what it misses, and says yes when it has it.");
    }
}
