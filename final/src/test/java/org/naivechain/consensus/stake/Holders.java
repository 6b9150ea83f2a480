package org.naivechain.consensus.stake;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.node.StakeKeyPair;
import org.naivechain.protocol.IdempotencyKey;

/** Some holders and their keys, for tests: slots of a second. */
public final class Holders {
    private final List<StakeKey> keys = new ArrayList<>();
    private final Stakes stakes;

    public Holders(long... amounts) {
        SecureRandom random = new SecureRandom();
        List<Holder> holders = new ArrayList<>();
        for (long amount : amounts) {
            StakeKeyPair pair = StakeKeyPair.generate(random);
            keys.add(StakeKey.parse(pair.privateKey()));
            holders.add(new Holder(amount, pair.publicKey()));
        }
        stakes = new Stakes(1_000, "0".repeat(64), holders);
    }

    public Stakes stakes() {
        return stakes;
    }

    public StakeKey key(int holder) {
        return keys.get(holder);
    }

    /** The first slot from some slot on that is the turn of a holder. */
    public long turn(int holder, long from) {
        return LongStream.iterate(from, slot -> slot + 1)
                .filter(slot -> stakes.leader(slot) == holder)
                .findFirst()
                .orElseThrow();
    }

    /** A block that the holder has signed whose turn it is. */
    public Block sealed(Block head, String text, String key, long slot) {
        Optional<IdempotencyKey> request = Optional.of(IdempotencyKey.ofClient(key));
        return sealed(
                head, text, new StakeSeal(slot, stakes.leader(slot), List.of(), request, ""), stakes.leader(slot));
    }

    Block sealed(Block head, String text, StakeSeal seal, int by) {
        Block unsealed = head.next(BlockData.of(text));
        String signature = keys.get(by).sign(stakes.inNetwork(new Signed(unsealed.hash(), seal).text()));
        return unsealed.sealed(seal.signed(signature).toSeal());
    }
}
