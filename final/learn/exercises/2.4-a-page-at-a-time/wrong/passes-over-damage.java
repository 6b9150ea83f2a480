/** Passes over what cannot be read. */
private void damaged(DamagedBlockException e) {
    if (e.index() > next) {
        // The blocks before the damaged one come first, as they may have a fault of their own.
        count = e.index() - next;
    } else {
        verification = Verification.from(e.index() + 1);
        next = e.index() + 1;
    }
}
