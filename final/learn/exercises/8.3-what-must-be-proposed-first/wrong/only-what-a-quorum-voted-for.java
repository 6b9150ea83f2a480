import java.util.List;

    Optional<Batch> inherited() {
        List<Batch> votes = Stream.concat(
                        promises.values().stream()
                                .map(BallotReply.Promised::vote)
                                .flatMap(Optional::stream),
                        member.acceptor().vote().stream())
                .map(Vote::batch)
                .toList();
        return votes.stream()
                .filter(batch -> votes.stream().filter(batch::equals).count() >= member.quorum())
                .findFirst()
                .flatMap(batch -> member.acceptor().beyond(batch));
    }
