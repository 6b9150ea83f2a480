    @Override
    public void receive(Sender sender, BallotCommand command, Consumer<Reply> answer) {
        Durability durability = member.context().durability();
        Consumer<Reply> whenDurable = reply -> durability.whenDurable(() -> answer.accept(reply));
        Optional<Reply.Refusal> lostEnd = ledger.endIsLost().map(Reply.Refusal::new);
        command.accept(new BallotCommand.Visitor() {
            @Override
            public void identify(BallotCommand.Identify question) {
                answer.accept(callback.answer(question));
            }

            @Override
            public void prepare(BallotCommand.Prepare prepare) {
                lostEnd.ifPresentOrElse(
                        answer, () -> promise(prepare, reply -> whenDurable.accept(unlessStale(sender, reply))));
            }

            @Override
            public void propose(BallotCommand.Propose proposal) {
                lostEnd.ifPresentOrElse(
                        answer,
                        () -> durability.whenDurable(() -> answer.accept(unlessStale(sender, vote(proposal)))));
            }

            /** Nobody waits for this answer: the proposer that decided has the votes of a quorum already. */
            @Override
            public void decide(BallotCommand.Decide decision) {
                Reply reply = unlessStale(sender, learn(decision));
                durability.inPassing(() -> answer.accept(reply));
            }

            @Override
            public void submit(BallotCommand.Submit submission) {
                answer.accept(election.ownProposer()
                        .map(own -> own.take(submission.additions()))
                        .orElse(Proposer.NOT_THE_PROPOSER));
            }

            @Override
            public void amend(BallotCommand.Amend amendment) {
                election.ownProposer()
                        .ifPresentOrElse(
                                own -> own.take(amendment.change(), whenDurable),
                                () -> whenDurable.accept(Proposer.NOT_THE_PROPOSER));
            }
        });
    }
