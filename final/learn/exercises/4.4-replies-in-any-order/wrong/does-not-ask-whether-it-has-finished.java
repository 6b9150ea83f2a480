void finish(Outcome outcome) {
    timer.cancel();
    forget.run();
    then.accept(outcome);
    finished = true;
}

private void transmit(Sent sent) {
    long id = ++lastId;
    underWay.put(id, sent);
    sent.whenFinished(() -> underWay.remove(id));
    owed.incrementAndGet();
    send(kept, Codec.withId(sent.frame(), id));
}
