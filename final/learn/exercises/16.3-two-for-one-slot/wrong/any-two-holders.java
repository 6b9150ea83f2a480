/** Whose block the other one is does not matter. */
private boolean holds(Signatures signatures) {
    return one.seal().slot() == other.seal().slot()
            && !one.text().equals(other.text())
            && one.isRight(signatures)
            && other.isRight(signatures);
}
