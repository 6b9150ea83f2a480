    Reply compare(BallotCommand.Decide decision) {
        long last = decision.position().length() - 1;
        Hash ours = acceptor.hashAt(last);
        if (ours.equals(decision.head())) {
            return Reply.ACK;
        }
        if (!differs) {
            differs = true;
            context.log()
                    .error(
                            "The chain here is not the one that was decided: block {} is {} here, and {} for the proposer {};"
                                    + " start this node with an empty --data-dir to take theirs over",
                            last,
                            ours,
                            decision.head(),
                            decision.ballot().proposer());
        }
        return new Reply.Refusal("block " + last + " is " + ours + " here, not " + decision.head());
    }
