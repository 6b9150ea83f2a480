void finish(Outcome outcome) {
    if (!finished) {
        finished = true;
        timer.cancel();
        forget.run();
        then.accept(outcome);
    }
}

private void transmit(Sent sent) {
    long id = ++lastId;
    underWay.put(id, sent);
    owed.incrementAndGet();
    send(kept, Codec.withId(sent.frame(), id));
}
