    Position position() {
        return promises.values().stream()
                .map(BallotReply.Promised::position)
                .max(Comparator.comparing(Position::length))
                .orElseGet(ledger::position);
    }
