private void hear(Peer other, Outcome outcome) {
    if (over || !Callback.isFrom(other, outcome)) {
        return;
    }
    if (outcome instanceof BallotReply.Identified identified
            && identified.known().length() > had.length()) {
        over = true;
        outdated.accept("its store is an old copy: it ends at " + had + ", and " + other
                + " knows this node to have been at " + identified.known());
        return;
    }
    answered.add(other.id());
    count();
}
