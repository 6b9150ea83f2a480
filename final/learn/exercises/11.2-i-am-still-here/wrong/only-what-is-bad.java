boolean contradict(Rumour said) {
    long leap = said.incarnation() - rumour().incarnation();
    if (said.isAlive() || leap < 0 || leap > Table.MAX_LEAP || said.incarnation() == Rumour.MAX_INCARNATION) {
        return false;
    }
    become(said.incarnation() + 1, rumour.state(), rumour.height());
    return true;
}
