    Reply vote(BallotCommand.Propose proposal) {
        Batch batch = proposal.batch();
        if (promised().outbids(proposal.ballot())) {
            return new BallotReply.Outbid(promised());
        }
        if (isDecided(batch)) {
            return Reply.ACK;
        }
        if (beyond(batch).isEmpty()) {
            return new Reply.Refusal("the next decision here is " + ledger.position() + ", after "
                    + chain.head().hash() + "; not " + batch.start() + ", after " + batch.previousHash());
        }
        if (vote().isPresent() && vote().get().ballot().equals(proposal.ballot())) {
            return Reply.ACK;
        }
        box.vote(new Vote(proposal.ballot(), batch));
        return Reply.ACK;
    }
