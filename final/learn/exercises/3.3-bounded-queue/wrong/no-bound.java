@Override
public void send(String frame) {
    try {
        last = System.nanoTime();
        socket.send(frame);
        all.planLook();
    } catch (WebsocketNotConnectedException e) {
        // The connection was closed a moment ago; its handler hears of that by itself.
    }
}
