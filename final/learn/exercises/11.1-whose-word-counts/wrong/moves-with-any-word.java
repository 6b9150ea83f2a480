public Rumour over(Rumour known) {
    if (incarnation != known.incarnation) {
        return incarnation > known.incarnation ? this : known;
    }
    State worse = state.compareTo(known.state) > 0 ? state : known.state;
    Height further = height.isBeyond(known.height) ? height : known.height;
    return worse == known.state && further == known.height
            ? known
            : new Rumour(id, address, incarnation, worse, further);
}
