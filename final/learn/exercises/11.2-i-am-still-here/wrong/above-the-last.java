boolean contradict(Rumour said) {
    long leap = said.incarnation() - rumour().incarnation();
    boolean wrong = leap > 0 || leap == 0 && said.state() != rumour().state();
    if (!wrong || leap > Table.MAX_LEAP) {
        return false;
    }
    become(said.incarnation() + 1, rumour().state(), rumour().height());
    return true;
}
