private void hear(Peer other, Outcome outcome) {
    if (over || !Callback.isFrom(other, outcome)) {
        return;
    }
    answered.add(other.id());
    count();
}
