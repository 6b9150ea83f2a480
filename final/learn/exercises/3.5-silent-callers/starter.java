@Override
public void onOpen(WebSocket socket, ClientHandshake handshake) {
    LiveConnection caller = caller(socket);
    callers.all.add(caller);
    if (!caller.socket.getSelectionKey().isValid()) {
        caller.socket.closeConnection(CloseFrame.TRY_AGAIN_LATER, "opened too late");
    } else if (caller.firstFrame.isEmpty()) {
        caller.letIn();
    }
}

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
}
