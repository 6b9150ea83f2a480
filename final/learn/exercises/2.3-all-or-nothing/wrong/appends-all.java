/** Appends what it has, too. */
public Verdict adopt(List<Block> theirs) {
    Verdict verdict = compare(theirs);
    if (verdict.isSound()) {
        write(theirs);
    }
    return verdict;
}
