    Reply promise(Ballot ballot) {
        if (promised().outbids(ballot)) {
            return new BallotReply.Outbid(promised());
        }
        if (ballot.outbids(promised())) {
            box.promise(ballot);
        }
        return new BallotReply.Promised(
                ledger.position(),
                box.vote().filter(vote -> beyond(vote.batch()).isPresent()));
    }
