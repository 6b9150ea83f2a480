import org.naivechain.blocks.Hash;

/** Forgets the part that is empty. */
private static Verdict genesis(Block block) {
    return block.index() == 0
                    && block.previousHash().equals(Hash.ORIGIN)
                    && block.data().equals(Block.GENESIS.data())
                    && block.hash().equals(Block.GENESIS.hash())
            ? Verdict.SOUND
            : Verdict.fault(0, "the first block must be the genesis block of the network: " + block);
}
