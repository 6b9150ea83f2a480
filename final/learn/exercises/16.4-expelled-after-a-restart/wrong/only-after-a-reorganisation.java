/** Begins as if it had never run before. */
private long perhapsUsed() {
    return -1;
}
