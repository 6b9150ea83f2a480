/** Is so careful that it leaves out a minute. */
private long perhapsUsed() {
    return slot() + 60;
}
