public Rumour over(Rumour known) {
    if (incarnation != known.incarnation) {
        return incarnation > known.incarnation ? this : known;
    }
    State worse = state.compareTo(known.state) > 0 ? state : known.state;
    Height further = height.isBeyond(known.height) ? height : known.height;
    return new Rumour(id, known.address, incarnation, worse, further);
}
