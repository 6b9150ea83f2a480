    Optional<Batch> inherited() {
        return promises.values().stream()
                .map(BallotReply.Promised::vote)
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Vote::ballot)
                        .thenComparing(vote -> vote.batch().end()))
                .flatMap(vote -> member.acceptor().beyond(vote.batch()));
    }
