boolean contradict(Rumour said) {
    long leap = said.incarnation() - rumour().incarnation();
    boolean wrong = leap > 1 || leap == 0 && said.state() != rumour.state();
    if (!wrong || leap > Table.MAX_LEAP || said.incarnation() == Rumour.MAX_INCARNATION) {
        return false;
    }
    become(said.incarnation() + 1, rumour.state(), rumour.height());
    return true;
}
