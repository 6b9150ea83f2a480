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
    inTheWayOf(peer).ifPresent(member -> {
        throw new IllegalArgumentException(member + " is a member, and must be removed before " + peer + " can come");
    });
    List<Peer> more = new ArrayList<>(members);
    more.add(peer);
    return new Membership(version + 1, length, more);
}

private Membership without(Peer member, long length) {
    return members.size() == 1 ? NONE : new Membership(version + 1, length, others(member.id()));
}
