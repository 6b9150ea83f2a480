void read(String frame) {
    defence.received(host(), frame);
    Request request = codec.decode(frame);
    if (request instanceof Request.NotJson notJson) {
        hangUp(notJson.reason());
    } else if (request instanceof Request.Understood understood) {
        Optional<String> objection = watch.admit(understood.command(), frame.length());
        objection.ifPresentOrElse(
                reason -> refuse(reason, understood.id()),
                () -> nodeThread.execute(() -> handle(understood, frame.length())));
    } else if (request instanceof Request.Malformed malformed) {
        refuse(malformed.reason(), malformed.id());
        accuse(Misbehaviour.MALFORMED, malformed.reason());
    }
}

private void handle(Request.Understood request, int chars) {
    if (!gone) {
        handler.receive(this, request.command(), reply -> answer(reply, request.id()));
    }
}
