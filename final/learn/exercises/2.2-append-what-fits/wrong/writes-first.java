/** Appends, and then says what was wrong with it. */
public Verdict append(Block block) {
    Verdict verdict = check(block);
    write(List.of(block));
    return verdict;
}
