package org.naivechain.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Position;
import org.naivechain.membership.Amendments;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vocabulary;

/** Networks whose nodes keep every rule of the vote, and lie to their users. */
class AddThatIsLostCheck {
    private static final int LIES_EACH = 5;

    /** What a lying node does with an add. */
    private interface Lie {
        void add(Engine honest, LedgerContext context, BlockData data, Consumer<AddOutcome> then);
    }

    private static Report run(long seed, Set<Fault> faults, Build build) {
        return Trial.run(new Plan(3, seed, Duration.ofSeconds(6), faults), build, passed -> {});
    }

    private static Report lying(Predicate<String> about, Lie lie) {
        return run(
                1,
                Set.of(),
                Build.of((context, fetcher, box) ->
                        new Liar(new MajorityVote(context, fetcher, box, 2), context, about, lie)));
    }

    private static boolean isUnique(String text) {
        return !text.equals("common text");
    }

    @Test
    @DisplayName("an add that was acknowledged and is in no block is noticed")
    void aLostAddIsNoticed() {
        Report report = lying(
                AddThatIsLostCheck::isUnique,
                (honest, context, data, then) ->
                        then.accept(new AddOutcome.Added(context.chain().head())));
        Explain.that(
                report.violation().isPresent(),
                "Every node tells each fifth user \"added\" and adds nothing. The run ended with " + report.added()
                        + " adds acknowledged, " + (report.blocks() - 1) + " blocks, and no violation.",
                "All chains are valid and the same: nothing but the users' memory tells that something is missing.");
    }

    @Test
    @DisplayName("a text that several users were promised is noticed if one of its blocks is missing")
    void aLostCopyIsNoticed() {
        Report report = lying(
                text -> !isUnique(text),
                (honest, context, data, then) ->
                        then.accept(new AddOutcome.Added(context.chain().head())));
        Explain.that(
                report.violation().isPresent(),
                "Many users add \"common text\", and each fifth of them is told \"added\" although nothing was added."
                        + " No violation.",
                "The text is in the chain, but less often than it was promised. Each of these users was promised a block.");
    }

    @Test
    @DisplayName("an add that was refused for certain and is in a block is noticed")
    void anAddThatWasRefusedIsNoticed() {
        Report report = lying(
                AddThatIsLostCheck::isUnique,
                (honest, context, data, then) -> honest.add(
                        data, Optional.empty(), outcome -> then.accept(new AddOutcome.NotAdded("this is a lie"))));
        Explain.that(
                report.violation().isPresent(),
                "Every node tells each fifth user \"not added\" and adds the text all the same. No violation.",
                "A user who is told \"not added\" adds again, and then it is there twice.");
    }

    @Test
    @DisplayName("an add that was acknowledged once and is in two blocks is noticed")
    void anAddThatIsThereTwiceIsNoticed() {
        Report report = lying(
                AddThatIsLostCheck::isUnique,
                (honest, context, data, then) -> honest.add(
                        data,
                        Optional.empty(),
                        first -> honest.add(data, Optional.empty(), second -> then.accept(first))));
        Explain.that(
                report.violation().isPresent(),
                "Every node adds the text of each fifth user twice, and tells that user \"added\". Expected is a violation,"
                        + " and none came.",
                "One user asked for one block. Two are more than `most()`, also if the user was told \"added\".");
    }

    @Test
    @DisplayName("a text that is lost is noticed, even if another one is there twice in its place")
    void aTextInThePlaceOfAnotherIsNoticed() {
        Report report = lying(AddThatIsLostCheck::isUnique, (honest, context, data, then) -> {
            Block head = context.chain().head();
            honest.add(head.index() == 0 ? data : head.data(), Optional.empty(), then);
        });
        Explain.that(
                report.violation().isPresent(),
                "Every node tells each fifth user \"added\", but adds the text of the last block once more, not that of the"
                        + " user. Expected is a violation, and none came.",
                "One text is missing, and another is there too often: over all texts the sums are right. Each user looks for"
                        + " one text.");
    }

    @Test
    @DisplayName("a node that does not know what became of an add is not accused, whatever became of it")
    void whoDoesNotKnowIsNotAccused() {
        AddOutcome unknown = new AddOutcome.Unknown("nobody knows");
        Report added = lying(
                text -> true,
                (honest, context, data, then) -> honest.add(data, Optional.empty(), outcome -> then.accept(unknown)));
        Report notAdded = lying(text -> true, (honest, context, data, then) -> then.accept(unknown));
        for (Report report : List.of(added, notAdded)) {
            Explain.same(
                    Optional.empty(),
                    report.violation().map(Violation::what),
                    "Every node told each fifth user \"nobody knows\", and "
                            + (report == added ? "added the text" : "added nothing")
                            + ": " + report.added() + " adds acknowledged, " + report.unknown() + " unknown, "
                            + (report.blocks() - 1) + " blocks. Your violation:",
                    "That is the truth, and it happens at every crash. An alarm that cries wolf is switched off.");
        }
    }

    @Test
    @DisplayName("honest nodes that crash are not accused")
    void nobodyCriesWolf() {
        Report report = run(2, Set.of(Fault.CRASH, Fault.LOSS), Build.MAJORITY);
        Explain.same(
                Optional.empty(),
                report.violation().map(Violation::what),
                "Honest nodes crashed and lost messages: " + report.added() + " adds acknowledged, " + report.unknown()
                        + " unknown. Your violation:",
                "What was acknowledged is in the chain, and nothing that was refused is.");
    }

    /** An engine that lies about each fifth add of the kind that it lies about. */
    private static final class Liar implements Engine {
        private final Engine honest;
        private final LedgerContext context;
        private final Predicate<String> about;
        private final Lie lie;
        private int adds;

        Liar(Engine honest, LedgerContext context, Predicate<String> about, Lie lie) {
            this.honest = honest;
            this.context = context;
            this.about = about;
            this.lie = lie;
        }

        @Override
        public void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
            if (key.isEmpty() && about.test(data.text()) && ++adds % LIES_EACH == 0) {
                lie.add(honest, context, data, then);
            } else {
                honest.add(data, key, then);
            }
        }

        @Override
        public Reply vote(Block block) {
            return honest.vote(block);
        }

        @Override
        public Reply commit(PeerCommand.AddBlock commit) {
            return honest.commit(commit);
        }

        @Override
        public Reply confirm(Block block) {
            return honest.confirm(block);
        }

        @Override
        public List<Vocabulary.Installed<?>> handlers() {
            return honest.handlers();
        }

        @Override
        public Optional<Amendments> amendments() {
            return honest.amendments();
        }

        @Override
        public boolean canFork() {
            return honest.canFork();
        }

        @Override
        public void see(Peer peer, Position position) {
            honest.see(peer, position);
        }

        @Override
        public boolean hasResumed() {
            return honest.hasResumed();
        }

        @Override
        public void whenOutdated(Consumer<String> then) {
            honest.whenOutdated(then);
        }

        @Override
        public void stop(String reason) {
            honest.stop(reason);
        }

        @Override
        public String name() {
            return honest.name();
        }

        @Override
        public Optional<PeerId> proposer() {
            return honest.proposer();
        }
    }
}
