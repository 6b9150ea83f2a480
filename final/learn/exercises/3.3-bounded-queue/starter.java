@Override
public void send(String frame) {
    long queued = queuedBytes();
    // Two limits belong here, and a frame that breaks one of them must not be queued.
    try {
        last = System.nanoTime();
        socket.send(frame);
        all.planLook();
    } catch (WebsocketNotConnectedException e) {
        // The connection was closed a moment ago; its handler hears of that by itself.
    }
}

long queuedBytes() {
    throw new UnsupportedOperationException("exercise 3.3: write queuedBytes");
}
