    public Reply vote(Block block) {
        Optional<String> endIsLost = context.ledger().endIsLost();
        if (endIsLost.isPresent()) {
            return new Reply.Refusal(endIsLost.get());
        }
        if (chain.check(block) instanceof Verdict.Fault fault) {
            if (block.index() > chain.length()) {
                fetcher.catchUp();
            }
            return new Reply.Refusal(fault.toString());
        }
        forgetOldVotes();
        if (!votedFor.isEmpty() && !votedFor.containsKey(block.hash())) {
            return new Reply.Refusal("this node voted for another block");
        }
        votedFor.put(block.hash(), block);
        return Reply.ACK;
    }
