package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.work.Miner;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.WorkFactory;
import org.naivechain.protocol.Time;

/** Makes the engines of nodes that mine at different rates, and counts their attempts. For one thread. */
final class VirtualMiners implements EngineFactory {
    private final List<Integer> rates;
    private long attempts;

    /** Miners at a number of hashes in a second, by the number of the machine. */
    VirtualMiners(List<Integer> rates) {
        this.rates = List.copyOf(rates);
    }

    /** How many hashes were computed. */
    long attempts() {
        return attempts;
    }

    @Override
    public BlockRules rules(Time time) {
        return Build.MINERS.rules(time);
    }

    @Override
    public String inWords() {
        return Build.MINERS.inWords();
    }

    @Override
    public Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box) {
        int rate = rates.get(Simulation.machineAt(context.peers().self().address()));
        WorkFactory own = new WorkFactory(
                Build.MINERS.difficulty(), time -> counted(time, rate), Build.MINERS.confirmations(), 2);
        return own.create(context, fetcher, box);
    }

    private Miner counted(Time time, int rate) {
        Miner miner = new VirtualMiner(time, rate, rate);
        return (candidate, from, found) -> {
            Instant begun = time.now();
            Miner.Search search = miner.begin(candidate, from, found);
            return () -> {
                attempts += rate
                        * Duration.between(begun, time.now()).toMillis()
                        / Duration.ofSeconds(1).toMillis();
                search.stop();
            };
        };
    }
}
