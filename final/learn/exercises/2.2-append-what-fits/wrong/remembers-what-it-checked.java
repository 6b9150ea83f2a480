/** Checks, and takes the block for the head already. */
public Verdict check(Block block) {
    Verdict verdict = Verification.after(head).next(block);
    if (verdict.isSound()) {
        head = block;
    }
    return verdict;
}
