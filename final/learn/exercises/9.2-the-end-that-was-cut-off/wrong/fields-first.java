public void write(long from, List<Block> blocks) {
    if (from > length) {
        throw new IllegalArgumentException("a store has no gaps: length=" + length + ", from=" + from);
    }
    long end = from + blocks.size();
    boolean farther = !blocks.isEmpty() && tip.stream().allMatch(known -> end >= known.length());
    Optional<Tip> reached =
            farther ? Optional.of(new Tip(end, blocks.get(blocks.size() - 1).hash())) : Optional.empty();
    file.atomically(() -> {
        length = end;
        tip = reached.or(() -> tip);
        file.write(DELETE, Parameters.of(from));
        insert(from, blocks);
        reached.ifPresent(to -> file.write(WRITE_TIP, Parameters.of(to.length(), to.hash().text())));
    });
}

private void ended(boolean kept) {
    if (kept) {
        committed = length;
        committedTip = tip;
    } else {
        length = committed;
        tip = committedTip;
    }
}
