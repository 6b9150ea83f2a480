private void hear(Peer other, Outcome outcome) {
    if (over || !Callback.isFrom(other, outcome)) {
        return;
    }
    if (outcome instanceof BallotReply.Identified) {
        over = true;
        outdated.accept("its store is an old copy: it ends at " + had);
        return;
    }
    answered.add(other.id());
    count();
}
