/** Says what is wrong in words of its own. */
public Verdict check(Block block) {
    if (block.index() != length()) {
        return Verdict.fault(length(), "wrong index " + block.index());
    }
    return Verification.after(head).next(block);
}
