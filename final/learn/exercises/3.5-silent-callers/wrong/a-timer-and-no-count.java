private void register(SocketChannel channel, String host, Selector selector)
        throws IOException, InterruptedException {
    WebSocketImpl socket = new WebSocketImpl(this, drafts);
    LiveConnection caller = new LiveConnection(callers, socket, () -> {}, host, handler);
    socket.setAttachment(caller);
    try {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setSelectionKey(channel.register(selector, SelectionKey.OP_READ, socket));
    } catch (IOException e) {
        channel.close();
        throw e;
    }
    socket.setChannel(channel);
    allocateBuffers(socket);
    callers.after((int) callers.limits.handshakeTimeout().toMillis(), () -> {
        if (!socket.isOpen()) {
            caller.end();
        }
    });
}
