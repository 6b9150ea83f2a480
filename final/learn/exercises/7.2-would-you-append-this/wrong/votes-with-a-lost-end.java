    public Reply vote(Block block) {
        if (chain.check(block) instanceof Verdict.Fault fault) {
            if (block.index() > chain.length()) {
                fetcher.catchUp();
            }
            return new Reply.Refusal(fault.toString());
        }
        forgetOldVotes();
        if (votedFor.size() >= MAX_VOTES && !votedFor.containsKey(block.hash())) {
            votedFor.remove(votedFor.keySet().iterator().next());
        }
        votedFor.put(block.hash(), block);
        return Reply.ACK;
    }
