void finish(Outcome outcome) {
    forget.run();
    then.accept(outcome);
}

private void transmit(Sent sent) {
    long id = ++lastId;
    underWay.put(id, sent);
    sent.whenFinished(() -> underWay.remove(id));
    owed.incrementAndGet();
    send(kept, Codec.withId(sent.frame(), id));
}
