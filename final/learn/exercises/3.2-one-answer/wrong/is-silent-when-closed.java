public void dial(String host, int port, FrameHandler handler) {
    if (closed) {
        return;
    }
    DialerSocket socket;
    try {
        socket = new DialerSocket(host, port, draft, gate.call(), connections, handler);
    } catch (RuntimeException e) {
        handler.failed("cannot call " + host + ":" + port + ": " + e.getMessage());
        return;
    }
    connections.all.add(socket.connection);
    if (!closed) {
        socket.connect();
    } else if (connections.all.remove(socket.connection)) {
        handler.failed("this node is shutting down");
    }
}
