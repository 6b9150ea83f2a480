/** Two turns are a crime. */
private boolean holds(Signatures signatures) {
    return one.seal().holder() == other.seal().holder()
            && !one.text().equals(other.text())
            && one.isRight(signatures)
            && other.isRight(signatures);
}
