void finish(Outcome outcome) {
    if (!finished) {
        finished = true;
        timer.cancel();
        forget.run();
        then.accept(outcome);
    }
}

private void transmit(Sent sent) {
    owed.incrementAndGet();
    send(kept, Codec.withId(sent.frame(), ++lastId));
}
