public Rumour over(Rumour known) {
    if (incarnation < known.incarnation || equals(known)) {
        return known;
    }
    return this;
}
