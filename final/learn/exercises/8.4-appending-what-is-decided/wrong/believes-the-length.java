    Reply compare(BallotCommand.Decide decision) {
        return Reply.ACK;
    }
