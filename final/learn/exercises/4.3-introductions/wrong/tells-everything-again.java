Reply register(Peer peer) {
    boolean known = context.peers().knows(peer);
    if (!byIntroduction.test(peer)) {
        return known ? Reply.ACK : MUST_JOIN;
    }
    Reply reply = context.peers().register(peer);
    if (reply instanceof Reply.Ack) {
        spread(peer);
        introduceSelf(peer);
    }
    return reply;
}

void spread(Peer newcomer) {
    context.peers().peers().stream()
            .filter(other -> !other.equals(newcomer))
            .forEach(other -> introduce(newcomer, other));
}
