/** Keeps the block, and forgets that the next one must follow it. */
public Verdict append(Block block) {
    Verdict verdict = check(block);
    if (verdict.isSound()) {
        store.write(store.length(), List.of(block));
    }
    return verdict;
}
