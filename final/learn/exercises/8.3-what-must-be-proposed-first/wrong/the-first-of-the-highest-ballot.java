Position position() {
    return promises.values().stream()
            .map(BallotReply.Promised::position)
            .max(Comparator.naturalOrder())
            .orElseGet(ledger::position);
}

Optional<Batch> inherited() {
    Stream<Vote> others = promises.values().stream().map(BallotReply.Promised::vote).flatMap(Optional::stream);
    return Stream.concat(others, member.acceptor().vote().stream())
            .max(Comparator.comparing(Vote::ballot))
            .flatMap(vote -> member.acceptor().beyond(vote.batch()));
}
