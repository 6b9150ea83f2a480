public void dial(String host, int port, FrameHandler handler) {
    DialerSocket socket;
    try {
        socket = new DialerSocket(host, port, draft, gate.call(), connections, handler);
    } catch (RuntimeException e) {
        handler.failed("cannot call " + host + ":" + port + ": " + e.getMessage());
        return;
    }
    if (closed) {
        handler.failed("this node is shutting down");
        return;
    }
    connections.all.add(socket.connection);
    socket.connect();
}
