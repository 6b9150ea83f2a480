private void damaged(DamagedBlockException e) {
    if (e.index() == next) {
        verdict = Verdict.fault(e.index(), e.reason());
    } else {
        count = e.index() - next;
    }
}
