/** Says at once what is damaged, whatever is before it. */
private void damaged(DamagedBlockException e) {
    verdict = Verdict.fault(e.index(), e.reason());
}
