    Optional<Batch> inherited() {
        Stream<Vote> others =
                promises.values().stream().map(BallotReply.Promised::vote).flatMap(Optional::stream);
        return Stream.concat(others, member.acceptor().vote().stream())
                .max(Comparator.comparing((Vote vote) -> vote.batch().end()).thenComparing(Vote::ballot))
                .flatMap(vote -> member.acceptor().beyond(vote.batch()));
    }
