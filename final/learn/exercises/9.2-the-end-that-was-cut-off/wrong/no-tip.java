public void write(long from, List<Block> blocks) {
    if (from > length) {
        throw new IllegalArgumentException("a store has no gaps: length=" + length + ", from=" + from);
    }
    file.atomically(() -> {
        file.write(DELETE, Parameters.of(from));
        insert(from, blocks);
    });
    length = from + blocks.size();
}

private void ended(boolean kept) {
    if (kept) {
        committed = length;
    } else {
        length = committed;
    }
}
