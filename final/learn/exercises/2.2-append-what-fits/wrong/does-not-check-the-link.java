/** Checks the block by itself: its index and its hash, but not its link. */
public Verdict check(Block block) {
    return Verification.from(length()).next(block);
}
