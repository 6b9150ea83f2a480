long queuedBytes() {
    return socket.outQueue.size();
}
