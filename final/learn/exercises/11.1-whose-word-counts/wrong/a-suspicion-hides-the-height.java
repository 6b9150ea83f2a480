public Rumour over(Rumour known) {
    if (incarnation != known.incarnation) {
        return incarnation > known.incarnation ? this : known;
    }
    if (state != known.state) {
        return state.compareTo(known.state) > 0 ? this : known;
    }
    return height.isBeyond(known.height) ? this : known;
}
