    public Reply vote(Block block) {
        if (chain.check(block) instanceof Verdict.Fault fault) {
            return new Reply.Refusal(fault.toString());
        }
        forgetOldVotes();
        votedFor.put(block.hash(), block);
        return Reply.ACK;
    }
