package org.naivechain.simulation;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.stake.Holder;
import org.naivechain.consensus.stake.Signatures;
import org.naivechain.consensus.stake.StakeKey;
import org.naivechain.consensus.stake.Stakes;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.StakeFactory;
import org.naivechain.node.StakeKeyPair;
import org.naivechain.protocol.Time;

/**
 * Makes the engines of nodes with stakes: the first machine of a simulated network has the key of the first holder, and so on; those
 * that come later have none. The keys are real ones, and the same in every run.
 */
final class VirtualHolders implements EngineFactory {
    private static final int SLOT_MILLIS = 500;

    /** Five, whose turns come as often. */
    static final VirtualHolders EQUAL = new VirtualHolders(List.of(1L, 1L, 1L, 1L, 1L));

    private final List<StakeKey> keys;
    private final Stakes stakes;
    private final Signatures signatures;

    VirtualHolders(List<Long> amounts) {
        this(amounts, false);
    }

    /** Holders of some amounts; if a key is to be abused, the machine after the last one has that of the last, too. */
    VirtualHolders(List<Long> amounts, boolean lastTwice) {
        SecureRandom random = chance();
        List<StakeKey> secrets = new ArrayList<>();
        List<Holder> holders = new ArrayList<>();
        for (long amount : amounts) {
            StakeKeyPair pair = StakeKeyPair.generate(random);
            secrets.add(StakeKey.parse(pair.privateKey()));
            holders.add(new Holder(amount, pair.publicKey()));
        }
        if (lastTwice) {
            secrets.add(secrets.get(secrets.size() - 1));
        }
        this.keys = secrets;
        this.stakes = new Stakes(SLOT_MILLIS, "5".repeat(64), holders);
        this.signatures = new Signatures(stakes);
    }

    private static SecureRandom chance() {
        Random same = new Random(1);
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                same.nextBytes(bytes);
            }
        };
    }

    /** {@return the engine of a node that has the key of a holder, or none if there is no such holder} */
    Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box, int holder) {
        return factory(holder < keys.size() ? Optional.of(keys.get(holder)) : Optional.empty())
                .create(context, fetcher, box);
    }

    private StakeFactory factory(Optional<StakeKey> key) {
        return new StakeFactory(stakes, signatures, key, Build.CONFIRMATIONS, 2);
    }

    @Override
    public BlockRules rules(Time time) {
        return factory(Optional.empty()).rules(time);
    }

    @Override
    public String inWords() {
        return factory(Optional.empty()).inWords();
    }

    @Override
    public Engine create(LedgerContext context, BlockFetcher fetcher, BallotBox box) {
        return create(
                context,
                fetcher,
                box,
                Simulation.machineAt(context.peers().self().address()));
    }
}
