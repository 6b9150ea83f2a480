/** Does not stop at a fault: the last block of the page has the last word. */
private void check(int wanted) {
    if (verification == null) {
        List<Block> before = store.read(next - 1, 1);
        if (before.isEmpty()) {
            verdict = missing(next - 1);
            return;
        }
        verification = Verification.after(before.get(0));
    }
    List<Block> blocks = store.read(next, wanted);
    for (Block block : blocks) {
        verdict = verification.next(block);
        if (verdict.isSound()) {
            next++;
        }
    }
    if (blocks.size() < wanted) {
        verdict = missing(next);
    }
}
