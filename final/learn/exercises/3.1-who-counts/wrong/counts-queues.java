boolean queueTooMuch() {
    return all.stream().anyMatch(one -> one.queuedBytes() > maxQueuedBytes);
}
