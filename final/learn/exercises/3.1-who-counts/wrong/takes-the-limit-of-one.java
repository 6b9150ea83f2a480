boolean queueTooMuch() {
    return all.stream().mapToLong(LiveConnection::queuedBytes).sum() > limits.maxQueuedBytes();
}
