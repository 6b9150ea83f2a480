public Optional<Membership> after(Change change, long length) {
    Peer peer = change.peer();
    if (contains(peer) == (change.kind() == Change.Kind.ADD)) {
        return Optional.empty();
    }
    return Optional.of(change.kind() == Change.Kind.ADD ? with(peer, length) : without(peer, length));
}

private Membership with(Peer peer, long length) {
    if (members.size() >= MAX_MEMBERS) {
        throw new IllegalArgumentException("the network has " + MAX_MEMBERS + " members, which is the limit");
    }
    List<Peer> more = new ArrayList<>(members);
    inTheWayOf(peer).ifPresent(more::remove);
    more.add(peer);
    return new Membership(version + 1, length, more);
}

private Membership without(Peer member, long length) {
    if (members.size() == 1) {
        throw new IllegalArgumentException("the last member cannot leave: " + member);
    }
    return new Membership(version + 1, length, others(member.id()));
}

