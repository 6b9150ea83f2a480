public Verdict adopt(List<Block> theirs) {
    if (theirs.isEmpty() || theirs.get(theirs.size() - 1).index() < length()) {
        return Verdict.SOUND;
    }
    Verdict verdict = compare(theirs);
    if (verdict.isSound()) {
        write(theirs.stream().filter(block -> block.index() >= length()).toList());
    }
    return verdict;
}
