/** One right block, and one that somebody made up. */
private boolean holds(Signatures signatures) {
    return one.seal().slot() == other.seal().slot()
            && one.seal().holder() == other.seal().holder()
            && !one.text().equals(other.text())
            && one.isRight(signatures);
}
