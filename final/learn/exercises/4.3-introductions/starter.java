Reply register(Peer peer) {
    boolean known = context.peers().knows(peer);
    if (!byIntroduction.test(peer)) {
        // For later chapters, where the members vote on who may join.
        return known ? Reply.ACK : MUST_JOIN;
    }
    // Register the peer. If that makes it a new member, tell the others.
    throw new UnsupportedOperationException("exercise 4.3: write register");
}

void spread(Peer newcomer) {
    throw new UnsupportedOperationException("exercise 4.3: write spread");
}
