/** Compares a block with this chain whenever its index is low, also after blocks beyond the head. */
public Verdict compare(List<Block> theirs) {
    Verification verification = Verification.after(head);
    for (Block block : theirs) {
        Verdict verdict = block.index() >= length() ? verification.next(block) : same(block);
        if (!verdict.isSound()) {
            return verdict;
        }
    }
    return Verdict.SOUND;
}
