package org.naivechain.consensus.stake;

import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;

/**
 * What a holder has signed: a block, without its data.
 *
 * @param unsealed the hash that the block would have without its seal, which depends on the data and on all blocks before
 */
record Signed(Hash unsealed, StakeSeal seal) {
    /** {@return what a block shows, if its seal is one of proof of stake} */
    static Optional<Signed> of(Block block) {
        return block.seal()
                .flatMap(StakeSeal::parse)
                .map(seal -> new Signed(Hash.of(block.previousHash(), block.data()), seal));
    }

    /** {@return what the signature is of} */
    String text() {
        return unsealed + ":" + seal.prefix();
    }

    boolean isRight(Signatures signatures) {
        return signatures.isSignedBy(seal.holder(), text(), seal.signature());
    }
}
