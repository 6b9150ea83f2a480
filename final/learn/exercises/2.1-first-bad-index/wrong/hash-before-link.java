private Verdict follows(Block block) {
    if (!hashed(block).isSound()) {
        return hashed(block);
    }
    return block.previousHash().equals(last.hash())
            ? Verdict.SOUND
            : Verdict.fault(
                    block.index(), "previous_hash must be " + last.hash() + ": previous_hash=" + block.previousHash());
}
