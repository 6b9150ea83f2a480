public Rumour over(Rumour known) {
    if (incarnation != known.incarnation) {
        return incarnation > known.incarnation ? this : known;
    }
    State worse = state.compareTo(known.state) > 0 ? state : known.state;
    Height further = height.length() > known.height.length() ? height : known.height;
    return worse == known.state && further == known.height
            ? known
            : new Rumour(id, known.address, incarnation, worse, further);
}
