    public Reply vote(Block block) {
        if (chain.check(block) instanceof Verdict.Fault fault) {
            if (block.index() > chain.length()) {
                fetcher.catchUp();
            }
            return new Reply.Refusal(fault.toString());
        }
        return Reply.ACK;
    }
