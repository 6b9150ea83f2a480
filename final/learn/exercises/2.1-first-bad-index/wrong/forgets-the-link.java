/** Checks each block by itself. */
private Verdict check(Block block) {
    long index = last == null ? first : last.index() + 1;
    if (index == 0) {
        return genesis(block);
    }
    if (block.index() != index) {
        return Verdict.fault(index, "index must follow " + (index - 1) + ": index=" + block.index());
    }
    return hashed(block);
}
