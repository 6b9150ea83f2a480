    Reply promise(Ballot ballot) {
        if (promised().outbids(ballot)) {
            return new BallotReply.Outbid(promised());
        }
        box.promise(ballot);
        return new BallotReply.Promised(ledger.position(), Optional.empty());
    }
