/** Takes blocks with an index that it has for its own. */
public Verdict compare(List<Block> theirs) {
    Verification verification = Verification.after(head);
    for (Block block : theirs) {
        if (block.index() >= length()) {
            Verdict verdict = verification.next(block);
            if (!verdict.isSound()) {
                return verdict;
            }
        }
    }
    return Verdict.SOUND;
}
