/** Checks all, and then writes one block after the other. */
public Verdict adopt(List<Block> theirs) {
    Verdict verdict = compare(theirs);
    if (verdict.isSound()) {
        long length = length();
        for (Block block : theirs) {
            if (block.index() >= length) {
                write(List.of(block));
            }
        }
    }
    return verdict;
}
