/** Lets the first block of a part pass, as there is nothing to compare it with. */
private Verdict check(Block block) {
    long index = last == null ? first : last.index() + 1;
    if (index == 0) {
        return genesis(block);
    }
    if (block.index() != index) {
        return Verdict.fault(index, "index must follow " + (index - 1) + ": index=" + block.index());
    }
    return last == null ? Verdict.SOUND : follows(block);
}
