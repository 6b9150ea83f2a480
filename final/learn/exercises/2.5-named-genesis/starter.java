private static Verdict genesis(Block block) {
    return block.hash().equals(Block.GENESIS.hash())
            ? Verdict.SOUND
            : Verdict.fault(0, "the first block must be the genesis block of the network: " + block);
}
