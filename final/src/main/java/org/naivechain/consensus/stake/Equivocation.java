package org.naivechain.consensus.stake;

import java.util.Optional;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.blocks.Seal;

/**
 * The proof that a holder has signed two blocks for one slot. Whoever has it can add it to the chain, as any other data; from that
 * block on, the holder has no turns. As text: {@code equivocation HASH SEAL HASH SEAL}, the hashes being those without seals.
 */
record Equivocation(Signed one, Signed other) {
    private static final String NAME = "equivocation";
    private static final int WORDS = 5;

    /** {@return the same proof, whichever of the two was heard first} */
    static Equivocation of(Signed one, Signed other) {
        return one.text().compareTo(other.text()) < 0 ? new Equivocation(one, other) : new Equivocation(other, one);
    }

    /** {@return the proof that data is, if it is one} */
    static Optional<Equivocation> in(BlockData data, Signatures signatures) {
        if (!data.literal().startsWith("\"" + NAME + " ")) {
            return Optional.empty();
        }
        String[] words = data.text().split(" ", -1);
        return Optional.of(words)
                .filter(all -> all.length == WORDS)
                .flatMap(all -> signed(all[1], all[2])
                        .flatMap(one -> signed(all[3], all[4]).map(other -> new Equivocation(one, other))))
                .filter(proof -> proof.holds(signatures));
    }

    private static Optional<Signed> signed(String hash, String seal) {
        try {
            return StakeSeal.parse(new Seal(seal)).map(read -> new Signed(new Hash(hash), read));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean holds(Signatures signatures) {
        return one.seal().slot() == other.seal().slot()
                && one.seal().holder() == other.seal().holder()
                && !one.text().equals(other.text())
                && one.isRight(signatures)
                && other.isRight(signatures);
    }

    int holder() {
        return one.seal().holder();
    }

    BlockData toData() {
        return BlockData.of(String.join(
                " ",
                NAME,
                one.unsealed().text(),
                one.seal().toSeal().text(),
                other.unsealed().text(),
                other.seal().toSeal().text()));
    }
}
