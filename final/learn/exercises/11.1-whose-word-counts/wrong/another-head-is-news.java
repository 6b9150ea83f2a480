public Rumour over(Rumour known) {
    if (incarnation != known.incarnation) {
        return incarnation > known.incarnation ? this : known;
    }
    State worse = state.compareTo(known.state) > 0 ? state : known.state;
    Height further = known.height.isBeyond(height) ? known.height : height;
    Rumour believed = new Rumour(id, known.address, incarnation, worse, further);
    return believed.equals(known) ? known : believed;
}
