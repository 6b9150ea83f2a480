/** Checks every new block against the head, as it would append each. */
public Verdict compare(List<Block> theirs) {
    for (Block block : theirs) {
        Verdict verdict = block.index() >= length() ? Verification.after(head).next(block) : same(block);
        if (!verdict.isSound()) {
            return verdict;
        }
    }
    return Verdict.SOUND;
}
