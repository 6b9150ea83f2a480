/** Takes over one block after the other, until one does not fit. */
public Verdict adopt(List<Block> theirs) {
    for (Block block : theirs) {
        Verdict verdict = block.index() < length() ? same(block) : append(block);
        if (!verdict.isSound()) {
            return verdict;
        }
    }
    return Verdict.SOUND;
}
