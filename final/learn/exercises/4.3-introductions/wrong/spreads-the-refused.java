Reply register(Peer peer) {
    boolean known = context.peers().knows(peer);
    if (!byIntroduction.test(peer)) {
        return known ? Reply.ACK : MUST_JOIN;
    }
    if (!known) {
        spread(peer);
        introduceSelf(peer);
    }
    return context.peers().register(peer);
}

void spread(Peer newcomer) {
    context.peers().peers().stream()
            .filter(other -> !other.equals(newcomer))
            .forEach(other -> introduce(newcomer, other));
}
