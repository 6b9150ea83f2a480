    Reply promise(Ballot ballot) {
        if (!ballot.outbids(promised())) {
            return new BallotReply.Outbid(promised());
        }
        box.promise(ballot);
        return new BallotReply.Promised(ledger.position(), box.vote());
    }
