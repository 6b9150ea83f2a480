/** Checks the links, and believes each claimed hash. */
private Verdict follows(Block block) {
    if (!block.previousHash().equals(last.hash())) {
        return Verdict.fault(
                block.index(), "previous_hash must be " + last.hash() + ": previous_hash=" + block.previousHash());
    }
    return Verdict.SOUND;
}
