@Override
public void send(String frame) {
    long queued = queuedBytes();
    if (queued > all.limits.maxQueuedBytes()) {
        drop("more than " + all.limits.maxQueuedBytes() + " bytes wait for the other end to read");
    } else if (queued > 0 && all.queueTooMuch()) {
        drop("too much waits to be sent, and " + queued + " bytes of it for the other end to read");
    } else {
        try {
            last = System.nanoTime();
            socket.send(frame);
            all.planLook();
        } catch (WebsocketNotConnectedException e) {
            // The connection was closed a moment ago; its handler hears of that by itself.
        }
    }
}
