/** Computes the hash, and compares it with nothing but the claim: any first block will do. */
private static Verdict genesis(Block block) {
    return block.index() == 0 && block.hasRightHash()
            ? Verdict.SOUND
            : Verdict.fault(0, "the first block must be the genesis block of the network: " + block);
}
