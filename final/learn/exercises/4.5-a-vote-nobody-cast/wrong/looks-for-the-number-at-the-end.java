void read(String frame) {
    defence.received(host(), frame);
    Request request = codec.decode(frame);
    if (request instanceof Request.NotJson notJson) {
        complain("Hung up on {}: {}", host(), notJson.reason());
        hangUp(notJson.reason());
        accuse(Misbehaviour.GARBAGE, notJson.reason());
    } else if (request instanceof Request.Understood understood) {
        Optional<String> objection = watch.admit(understood.command(), frame.length());
        objection.ifPresentOrElse(
                reason -> refuse(reason, understood.id()),
                () -> nodeThread.execute(() -> handle(understood, frame.length())));
    } else if (request instanceof Request.Malformed malformed) {
        refuse(malformed.reason(), Codec.idAtTheEnd(frame));
    }
}

private void handle(Request.Understood request, int chars) {
    AtomicBoolean open = new AtomicBoolean(true);
    Consumer<Reply> once = reply -> {
        if (open.getAndSet(false)) {
            watch.release(request.command(), chars);
            answer(reply, request.id());
        }
    };
    if (gone) {
        watch.release(request.command(), chars);
        return;
    }
    try {
        handler.receive(this, request.command(), once);
    } catch (RuntimeException e) {
        once.accept(new Reply.Refusal("internal error"));
        throw e;
    }
}
