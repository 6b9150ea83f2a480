/** Whoever sends a block twice costs its holder its turns. */
private boolean holds(Signatures signatures) {
    return one.seal().slot() == other.seal().slot()
            && one.seal().holder() == other.seal().holder()
            && one.isRight(signatures)
            && other.isRight(signatures);
}
