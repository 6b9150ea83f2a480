package org.naivechain.consensus.work;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.consensus.sealed.Sealer;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Time;

/** Seals blocks by work. A search begins anew when the head changes, and with a later time when it takes long. */
public final class WorkSealer implements Sealer {
    private static final BlockData NONE = BlockData.of("");

    private final LedgerContext context;
    private final WorkRules rules;
    private final Difficulty difficulty;
    private final Miner miner;
    private Miner.Search search = () -> {};
    private Time.Timer renewal = () -> {};

    /** A sealer for the chain of a node. */
    public WorkSealer(LedgerContext context, WorkRules rules, Difficulty difficulty, Miner miner) {
        this.context = context;
        this.rules = rules;
        this.difficulty = difficulty;
        this.miner = miner;
    }

    @Override
    public void seal(Block head, Optional<Addition> next, Consumer<Block> then) {
        stop();
        WorkRules.Terms terms;
        try {
            terms = rules.terms(head.index() + 1, context.chain()::before);
        } catch (DamagedBlockException e) {
            // By the next time it may be repaired.
            renew(head, next, then);
            return;
        }
        long time = Math.max(terms.earliest(), context.time().now().toEpochMilli());
        Candidate candidate = new Candidate(
                head, next.map(Addition::data).orElse(NONE), next.map(Addition::key), time, terms.target());
        long from = context.random().nextLong(Long.MAX_VALUE / 2);
        search = miner.begin(candidate, from, nonce -> {
            stop();
            then.accept(candidate.with(nonce));
        });
        renew(head, next, then);
    }

    private void renew(Block head, Optional<Addition> next, Consumer<Block> then) {
        renewal = context.time().after(difficulty.blockTime(), () -> seal(head, next, then));
    }

    @Override
    public void stop() {
        search.stop();
        renewal.cancel();
    }
}
