    Reply compare(BallotCommand.Decide decision) {
        Hash ours = context.chain().head().hash();
        if (ours.equals(decision.head())) {
            return Reply.ACK;
        }
        return new Reply.Refusal(
                "block " + context.chain().head().index() + " is " + ours + " here, not " + decision.head());
    }
