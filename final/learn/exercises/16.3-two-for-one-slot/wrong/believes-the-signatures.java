/** Anybody can write a seal. */
private boolean holds(Signatures signatures) {
    return one.seal().slot() == other.seal().slot()
            && one.seal().holder() == other.seal().holder()
            && !one.text().equals(other.text());
}
