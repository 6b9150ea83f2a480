    private Verdict check(Block block) {
        if (block.index() == 0) {
            return genesis(block);
        }
        long index = last == null ? first : last.index() + 1;
        if (block.index() != index) {
            return Verdict.fault(index, "index must follow " + (index - 1) + ": index=" + block.index());
        }
        return last == null ? hashed(block) : follows(block);
    }
