public void write(long from, List<Block> blocks) {
    if (from > length) {
        throw new IllegalArgumentException("a store has no gaps: length=" + length + ", from=" + from);
    }
    long end = from + blocks.size();
    boolean farther = !blocks.isEmpty() && tip.stream().allMatch(known -> end >= known.length());
    Optional<Tip> reached =
            farther ? Optional.of(new Tip(end, blocks.get(blocks.size() - 1).hash())) : Optional.empty();
    file.atomically(() -> {
        file.write(DELETE, Parameters.of(from));
        insert(from, blocks);
    });
    reached.ifPresent(to -> file.write(WRITE_TIP, Parameters.of(to.length(), to.hash().text())));
    length = end;
    tip = reached.or(() -> tip);
}
