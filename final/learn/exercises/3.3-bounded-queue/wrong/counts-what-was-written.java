long queuedBytes() {
    return socket.outQueue.stream().mapToLong(ByteBuffer::capacity).sum();
}
