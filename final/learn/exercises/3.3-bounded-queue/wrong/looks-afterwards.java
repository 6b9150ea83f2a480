@Override
public void send(String frame) {
    if (socket.isOpen()) {
        socket.send(frame);
        all.planLook();
    }
    if (queuedBytes() > all.limits.maxQueuedBytes()) {
        drop("more than " + all.limits.maxQueuedBytes() + " bytes wait for the other end to read");
    }
}
