/** Names the index that the block claims, not the place where it was to stand. */
public Verdict check(Block block) {
    Verdict verdict = Verification.after(head).next(block);
    return verdict instanceof Verdict.Fault fault ? Verdict.fault(block.index(), fault.reason()) : verdict;
}
