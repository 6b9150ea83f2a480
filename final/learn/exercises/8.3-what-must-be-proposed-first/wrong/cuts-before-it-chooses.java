    Optional<Batch> inherited() {
        Stream<Vote> others =
                promises.values().stream().map(BallotReply.Promised::vote).flatMap(Optional::stream);
        return Stream.concat(others, member.acceptor().vote().stream())
                .filter(vote -> member.acceptor().beyond(vote.batch()).isPresent())
                .max(Comparator.comparing(Vote::ballot)
                        .thenComparing(vote -> vote.batch().end()))
                .flatMap(vote -> member.acceptor().beyond(vote.batch()));
    }
