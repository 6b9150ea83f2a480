public void dial(String host, int port, FrameHandler handler) {
    if (closed) {
        handler.failed("this node is shutting down");
        return;
    }
    try {
        DialerSocket socket = new DialerSocket(host, port, draft, gate.call(), connections, handler);
        connections.all.add(socket.connection);
        socket.connect();
    } catch (RuntimeException e) {
        handler.failed("cannot call " + host + ":" + port + ": " + e.getMessage());
    }
}
