    Optional<Batch> inherited() {
        Stream<Vote> others =
                promises.values().stream().map(BallotReply.Promised::vote).flatMap(Optional::stream);
        return Stream.concat(others, member.acceptor().vote().stream())
                .max(Comparator.comparing(Vote::ballot)
                        .thenComparing((Vote vote) -> vote.batch().end(), Comparator.reverseOrder()))
                .flatMap(vote -> member.acceptor().beyond(vote.batch()));
    }
