/** Begins anew with each page. */
private void check(int wanted) {
    if (verification == null) {
        List<Block> before = store.read(next - 1, 1);
        if (before.isEmpty()) {
            verdict = missing(next - 1);
            return;
        }
        verification = Verification.after(before.get(0));
    }
    if (next > 0) {
        verification = Verification.from(next);
    }
    List<Block> blocks = store.read(next, wanted);
    for (Block block : blocks) {
        verdict = verification.next(block);
        if (!verdict.isSound()) {
            return;
        }
        next++;
    }
    if (blocks.size() < wanted) {
        verdict = missing(next);
    }
}
