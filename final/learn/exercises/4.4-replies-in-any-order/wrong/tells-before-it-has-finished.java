void finish(Outcome outcome) {
    if (!finished) {
        then.accept(outcome);
        finished = true;
        timer.cancel();
        forget.run();
    }
}

private void transmit(Sent sent) {
    long id = ++lastId;
    underWay.put(id, sent);
    sent.whenFinished(() -> underWay.remove(id));
    owed.incrementAndGet();
    send(kept, Codec.withId(sent.frame(), id));
}
