public void dial(String host, int port, FrameHandler handler) {
    DialerSocket socket = new DialerSocket(host, port, draft, gate.call(), connections, handler);
    connections.all.add(socket.connection);
    if (!closed) {
        socket.connect();
    } else if (connections.all.remove(socket.connection)) {
        handler.failed("this node is shutting down");
    }
}
