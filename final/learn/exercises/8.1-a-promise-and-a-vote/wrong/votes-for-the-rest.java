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
    box.vote(new Vote(proposal.ballot(), beyond(batch).get()));
    return Reply.ACK;
}
